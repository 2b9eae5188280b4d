# The FTP inspector: its objects for programs that link it, and as a loadable object.
noinst_LTLIBRARIES += libftp.la
libftp_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libftp_la_SOURCES = \
	%D%/answer.c %D%/answer.h \
	%D%/channel.c %D%/channel.h \
	%D%/command.c %D%/command.h \
	%D%/data.c %D%/data.h \
	%D%/folder.c %D%/folder.h \
	%D%/ftp.h \
	%D%/inspector.c \
	%D%/instance.c %D%/instance.h \
	%D%/line.c %D%/line.h \
	%D%/order.c %D%/order.h \
	%D%/probe.c %D%/probe.h \
	%D%/reply.c %D%/reply.h \
	%D%/report.c %D%/report.h \
	%D%/session.c %D%/session.h \
	%D%/state.h \
	%D%/tables.c %D%/tables.h \
	%D%/tell.c %D%/tell.h \
	%D%/transfer.c %D%/transfer.h
libftp_la_LIBADD = libguest.la libbase.la

smin_plugin_LTLIBRARIES += ftp.la
ftp_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
ftp_la_SOURCES = %D%/entry.c
ftp_la_LIBADD = libftp.la
ftp_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
EXTRA_DIST += %D%/README %D%/NOTES.md
SMIN_MODULES += $(smin_plugindir)/ftp
