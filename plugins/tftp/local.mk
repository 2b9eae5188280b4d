# The TFTP inspector: its objects for programs that link it, and as a loadable object.
noinst_LTLIBRARIES += libtftp.la
libtftp_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libtftp_la_SOURCES = \
	%D%/contents.c %D%/contents.h \
	%D%/flow.c %D%/flow.h \
	%D%/inspector.c \
	%D%/instance.c %D%/instance.h \
	%D%/netascii.c %D%/netascii.h \
	%D%/packet.c %D%/packet.h \
	%D%/report.c %D%/report.h \
	%D%/state.h \
	%D%/tables.c %D%/tables.h \
	%D%/tftp.h \
	%D%/transfer.c %D%/transfer.h
libtftp_la_LIBADD = libguest.la libbase.la

smin_plugin_LTLIBRARIES += tftp.la
tftp_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tftp_la_SOURCES = %D%/entry.c
tftp_la_LIBADD = libtftp.la
tftp_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
EXTRA_DIST += %D%/README %D%/NOTES.md
SMIN_MODULES += $(smin_plugindir)/tftp
