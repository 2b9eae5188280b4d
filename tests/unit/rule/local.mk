# tests/unit/rule
EXTRA_DIST += %D%/dialects.txt %D%/refused.rules %D%/refused.expected
if WITH_CRITERION
check_PROGRAMS += tests/unit/rule/test_rule
TESTS += tests/unit/rule/test_rule
tests_unit_rule_test_rule_SOURCES = \
	%D%/test_dialect.c \
	%D%/test_group.c \
	%D%/test_integer.c \
	%D%/test_load.c \
	%D%/test_write.c
tests_unit_rule_test_rule_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -DSMIN_TESTS_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_rule_test_rule_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_rule_test_rule_LDADD = libtestsupport.la libcore.la $(CRITERION_LIBS)
endif

check_PROGRAMS += tests/unit/rule/keyword_doc
tests_unit_rule_keyword_doc_SOURCES = %D%/keyword_doc.c
tests_unit_rule_keyword_doc_LDADD = libcore.la
dist_check_SCRIPTS += %D%/check-doc.sh
TESTS += %D%/check-doc.sh
