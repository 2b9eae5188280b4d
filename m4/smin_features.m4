# SMIN_FEATURES: hardening, sanitizers, fuzzing, coverage. Every flag goes
# through SMIN_CFLAGS and SMIN_LDFLAGS; the user's flags are never touched.
AC_DEFUN([SMIN_FEATURES], [
  SMIN_CFLAGS=
  SMIN_LDFLAGS=
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers@<:@=LIST@:>@], [build with sanitizers (default list: address,undefined)])],
    [], [enable_sanitizers=no])
  AS_CASE([$enable_sanitizers], [yes], [enable_sanitizers=address,undefined])
  AC_ARG_ENABLE([fuzzer],
    [AS_HELP_STRING([--enable-fuzzer@<:@=ENGINE@:>@], [link the fuzz targets with an engine (default: -fsanitize=fuzzer)])],
    [], [enable_fuzzer=no])
  AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage], [build for gcov])], [], [enable_coverage=no])
  AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening], [leave out the hardening flags])], [], [enable_hardening=yes])

  AS_IF([test "x$enable_sanitizers" != "xno"], [
    SMIN_CFLAGS="$SMIN_CFLAGS -fsanitize=$enable_sanitizers -fno-sanitize-recover=all -fno-omit-frame-pointer"
    SMIN_LDFLAGS="$SMIN_LDFLAGS -fsanitize=$enable_sanitizers"
    # Red zones around locals: the limit on frames is one of the normal build.
    SMIN_CFLAGS="$SMIN_CFLAGS -Wframe-larger-than=16384"
  ])
  AS_IF([test "x$enable_fuzzer" != "xno"], [
    AS_CASE([$enable_fuzzer], [yes], [FUZZ_LDFLAGS=-fsanitize=fuzzer], [FUZZ_LDFLAGS=$enable_fuzzer])
    SMIN_CFLAGS="$SMIN_CFLAGS -fsanitize=fuzzer-no-link"
  ])
  AC_SUBST([FUZZ_LDFLAGS])
  AM_CONDITIONAL([WITH_FUZZER], [test "x$enable_fuzzer" != "xno"])
  AM_CONDITIONAL([WITH_SANITIZERS], [test "x$enable_sanitizers" != "xno"])
  AS_IF([test "x$enable_coverage" = "xyes"], [
    SMIN_CFLAGS="$SMIN_CFLAGS --coverage"
    SMIN_LDFLAGS="$SMIN_LDFLAGS --coverage"
  ])
  AS_IF([test "x$enable_hardening" = "xyes"], [
    AX_APPEND_COMPILE_FLAGS([-fstack-protector-strong -fstack-clash-protection -fcf-protection],
      [SMIN_CFLAGS], [-Werror])
    AS_IF([test "x$enable_sanitizers" = "xno"], [
      AX_APPEND_COMPILE_FLAGS([-D_FORTIFY_SOURCE=2], [SMIN_HARDEN_CPPFLAGS], [-Werror -O2])
    ])
    AX_APPEND_LINK_FLAGS([-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack], [SMIN_LDFLAGS])
  ])
  AC_SUBST([SMIN_HARDEN_CPPFLAGS])
  AC_SUBST([SMIN_CFLAGS])
  AC_SUBST([SMIN_LDFLAGS])
])
