# SMIN_SNORT3: the adapter for Snort 3, where pkg-config knows its headers. Sets WITH_SNORT3, SNORT3_VERSION,
# SNORT3_CFLAGS, SNORT3_CXXFLAGS.
AC_DEFUN([SMIN_SNORT3], [
  AC_ARG_WITH([snort3],
    [AS_HELP_STRING([--with-snort3@<:@=auto|yes|no@:>@],
      [the adapter for Snort 3, found by pkg-config (default: auto)])],
    [], [with_snort3=auto])
  have_snort3=no
  SNORT3_VERSION=
  AS_IF([test "x$with_snort3" != "xno"], [
    # snort.pc does not say that its headers include those of libdaq and LuaJIT.
    PKG_CHECK_MODULES([SNORT3], [snort >= 3.12.2.0 libdaq luajit], [
      have_snort3=yes
      SNORT3_VERSION=`$PKG_CONFIG --modversion snort`
      # They are not ours: no warnings about them.
      SNORT3_CFLAGS=`AS_ECHO(["$SNORT3_CFLAGS"]) | $SED 's/-I/-isystem /g'`
    ], [AS_IF([test "x$with_snort3" = "xyes"],
          [AC_MSG_ERROR([Snort >= 3.12.2.0 was not found (PKG_CONFIG_PATH needs the folders of snort.pc, libdaq.pc and luajit.pc): $SNORT3_PKG_ERRORS])])])
  ])
  AM_CONDITIONAL([WITH_SNORT3], [test "x$have_snort3" = "xyes"])
  # What a file of the shim is compiled with, here and in the test against the stub.
  AC_LANG_PUSH([C++])
  AX_APPEND_COMPILE_FLAGS([-fvisibility=hidden -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion],
    [SNORT3_CXXFLAGS], [-Werror])
  AC_LANG_POP([C++])
  AS_IF([test "x$enable_werror" = "xyes"], [SNORT3_CXXFLAGS="$SNORT3_CXXFLAGS -Werror"])
  SNORT3_CXXFLAGS="-std=c++17 $SNORT3_CXXFLAGS \$(SMIN_CFLAGS)"
  AC_SUBST([SNORT3_CXXFLAGS])
  AC_SUBST([SNORT3_VERSION])
])
