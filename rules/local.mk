dist_pkgdata_DATA += %D%/smin.rules %D%/smin-snort3.rules
EXTRA_DIST += %D%/convert-snort3.sh %D%/README.md %D%/embed.awk

# The same rules inside programs: link libbuiltinrules.la, include "rules/builtin_rules.h" with -I$(top_srcdir).
noinst_LTLIBRARIES += libbuiltinrules.la
libbuiltinrules_la_SOURCES = %D%/builtin_rules.h
nodist_libbuiltinrules_la_SOURCES = %D%/builtin_rules.c
libbuiltinrules_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/%D%
CLEANFILES += %D%/builtin_rules.c

%D%/builtin_rules.c: $(top_srcdir)/%D%/smin.rules $(top_srcdir)/%D%/embed.awk
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	LC_ALL=C $(AWK) -f $(top_srcdir)/%D%/embed.awk $(top_srcdir)/%D%/smin.rules > $@.tmp && mv $@.tmp $@
