# The inspector as a loadable object.
smin_plugindir = $(libdir)/smin/plugins
smin_plugin_LTLIBRARIES = smartinstall.la
smartinstall_la_SOURCES = %D%/entry.c
smartinstall_la_LIBADD = libcore.la
# A module linked with the convenience library would export all its public functions without the expression.
smartinstall_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
EXTRA_DIST += %D%/README %D%/NOTES.md
SMIN_MODULES += $(smin_plugindir)/smartinstall
