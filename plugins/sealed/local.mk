# The inspector of sealed transfers: its objects for programs that link it, and as a loadable object.
noinst_LTLIBRARIES += libsealed.la
libsealed_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libsealed_la_SOURCES = \
	%D%/flow.c %D%/flow.h \
	%D%/inspector.c \
	%D%/instance.c %D%/instance.h \
	%D%/opening.c %D%/opening.h \
	%D%/sealed.h \
	%D%/state.h \
	%D%/tables.c %D%/tables.h
libsealed_la_LIBADD = libguest.la libbase.la

smin_plugin_LTLIBRARIES += sealed.la
sealed_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
sealed_la_SOURCES = %D%/entry.c
sealed_la_LIBADD = libsealed.la
sealed_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
EXTRA_DIST += %D%/README %D%/NOTES.md
SMIN_MODULES += $(smin_plugindir)/sealed
