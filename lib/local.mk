pkgconfig_DATA += %D%/smin.pc
EXTRA_DIST += %D%/smin.map %D%/sminhost.map %D%/NOTES.md %D%/base/NOTES.md

# Layers, lowest first. Each fragment adds to the convenience library it belongs to.
noinst_LTLIBRARIES += libbase.la libcore.la libreplay.la libincident.la libdevice.la libreport.la
libbase_la_SOURCES =
libcore_la_SOURCES =
libcore_la_CFLAGS = $(AM_CFLAGS) $(HS_CFLAGS) $(PCRE2_CFLAGS)
libcore_la_LIBADD = libguest.la libbase.la $(HS_LIBS) $(PCRE2_LIBS)
libreplay_la_SOURCES =
libreplay_la_CFLAGS = $(AM_CFLAGS) $(LIBARCHIVE_CFLAGS) $(LIBMD_CFLAGS) $(SECCOMP_CFLAGS)
libreplay_la_LIBADD = libbase.la librecord.la $(LIBARCHIVE_LIBS) $(LIBMD_LIBS) $(SECCOMP_LIBS)
libincident_la_SOURCES =
libincident_la_LIBADD = libbase.la
libdevice_la_SOURCES =
libdevice_la_LIBADD = libbase.la
libreport_la_SOURCES =
libreport_la_LIBADD = libdevice.la libincident.la libbase.la

lib_LTLIBRARIES += libsmin.la libsminhost.la
libsmin_la_SOURCES =
libsmin_la_LIBADD = libcore.la
libsmin_la_LDFLAGS = $(AM_LDFLAGS) -version-info $(SMIN_VERSION_INFO) -no-undefined \
	-Wl,--version-script=$(top_srcdir)/lib/smin.map
EXTRA_libsmin_la_DEPENDENCIES = $(top_srcdir)/lib/smin.map
libsminhost_la_SOURCES =
libsminhost_la_LIBADD =
libsminhost_la_LDFLAGS = $(AM_LDFLAGS) -version-info $(SMIN_VERSION_INFO) -no-undefined \
	-Wl,--version-script=$(top_srcdir)/lib/sminhost.map
EXTRA_libsminhost_la_DEPENDENCIES = $(top_srcdir)/lib/sminhost.map

include lib/base/local.mk
include lib/guest/local.mk
include lib/decode/local.mk
include lib/rule/local.mk
include lib/match/local.mk
include lib/inspect/local.mk
include lib/host/local.mk
include lib/record/local.mk
include lib/replay/local.mk
include lib/incident/local.mk
include lib/device/local.mk
include lib/report/local.mk
