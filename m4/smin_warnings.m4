# SMIN_WARNINGS: the warnings every file of the project compiles without.
# They go through AM_CFLAGS; the user's CFLAGS are never touched.
AC_DEFUN([SMIN_WARNINGS], [
  AX_APPEND_COMPILE_FLAGS([-Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wcast-qual dnl
    -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wimplicit-fallthrough -Wpointer-arith dnl
    -Wwrite-strings -Wundef -Wformat=2 -Wframe-larger-than=4096 -Wnull-dereference],
    [WARN_CFLAGS], [-Werror])
  AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [treat warnings as errors])], [], [enable_werror=no])
  AS_IF([test "x$enable_werror" = "xyes"], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
  AC_SUBST([WARN_CFLAGS])
])
