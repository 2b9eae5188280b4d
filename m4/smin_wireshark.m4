# SMIN_WIRESHARK: the adapter for Wireshark, for the version whose headers pkg-config finds. WIRESHARK_PLUGINDIR is where
# make install puts it: Wireshark's own folder when that lies below the prefix, or the folder that was asked for.
AC_DEFUN([SMIN_WIRESHARK], [
  AC_ARG_WITH([wireshark],
    [AS_HELP_STRING([--with-wireshark=auto|yes|no], [build the Wireshark plugin; auto: when its headers are there])],
    [], [with_wireshark=auto])
  AC_ARG_WITH([wireshark-plugindir],
    [AS_HELP_STRING([--with-wireshark-plugindir=DIR], [install the Wireshark plugin into DIR])],
    [], [with_wireshark_plugindir=])
  have_wireshark=no
  AS_IF([test "x$with_wireshark" != "xno"], [
    PKG_CHECK_MODULES([WIRESHARK], [wireshark >= 4.0 wireshark < 5], [have_wireshark=yes],
      [AS_IF([test "x$with_wireshark" = "xyes"],
        [AC_MSG_ERROR([Wireshark's headers were not found: install wireshark-dev, or configure --without-wireshark])])])
  ])
  AS_IF([test "x$have_wireshark" = "xyes"], [
    WIRESHARK_VERSION=`$PKG_CONFIG --modversion wireshark | $SED 's/^\(@<:@0-9@:>@*\.@<:@0-9@:>@*\).*/\1/'`
    # Warnings about their headers are not ours to heed.
    WIRESHARK_CFLAGS=`AS_ECHO(["$WIRESHARK_CFLAGS"]) | $SED 's/-I/-isystem /g'`
    smin_plugindir=`$PKG_CONFIG --variable=plugindir wireshark`/epan
    smin_prefix=$prefix
    test "x$smin_prefix" = "xNONE" && smin_prefix=$ac_default_prefix
    AS_CASE([$smin_plugindir], ["$smin_prefix"/*], [WIRESHARK_PLUGINDIR=$smin_plugindir],
      [WIRESHARK_PLUGINDIR="\${libdir}/smin/wireshark/$WIRESHARK_VERSION"])
    AS_IF([test "x$with_wireshark_plugindir" != "x"], [WIRESHARK_PLUGINDIR=$with_wireshark_plugindir])
    smin_wireshark_told="yes, for $WIRESHARK_VERSION"
  ], [smin_wireshark_told="no (wireshark-dev was not found, or not wanted)"])
  AC_SUBST([WIRESHARK_VERSION])
  AC_SUBST([WIRESHARK_PLUGINDIR])
  AM_CONDITIONAL([WITH_WIRESHARK], [test "x$have_wireshark" = "xyes"])
])
