# The HTTP inspector, on libhtp: its objects for programs that link it, and as a loadable object.
HTTP_MODULE =
if WITH_LIBHTP
HTTP_MODULE += http.la
noinst_LTLIBRARIES += libhttp.la
libhttp_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libhttp_la_CFLAGS = $(AM_CFLAGS) $(HTP_CFLAGS)
libhttp_la_SOURCES = \
	%D%/body.c %D%/body.h \
	%D%/coding.c %D%/coding.h \
	%D%/cut.c %D%/cut.h \
	%D%/describe.c %D%/describe.h \
	%D%/exchange.c %D%/exchange.h \
	%D%/gather.c %D%/gather.h \
	%D%/http.h \
	%D%/inspector.c \
	%D%/instance.c %D%/instance.h \
	%D%/line.c %D%/line.h \
	%D%/parser.c %D%/parser.h \
	%D%/report.c %D%/report.h \
	%D%/state.h \
	%D%/tables.c %D%/tables.h
libhttp_la_LIBADD = libguest.la libbase.la $(HTP_LIBS)

smin_plugin_LTLIBRARIES += http.la
http_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
http_la_SOURCES = %D%/entry.c
http_la_LIBADD = libhttp.la
http_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
SMIN_MODULES += $(smin_plugindir)/http
endif
EXTRA_DIST += %D%/README %D%/NOTES.md
