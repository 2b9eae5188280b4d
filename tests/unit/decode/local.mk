# tests/unit/decode
if WITH_CRITERION
check_PROGRAMS += tests/unit/decode/test_decode
TESTS += tests/unit/decode/test_decode
tests_unit_decode_test_decode_SOURCES = \
	%D%/decode_run.c %D%/decode_run.h \
	%D%/test_command.c \
	%D%/scene.c %D%/scene.h \
	%D%/test_detect.c \
	%D%/test_event.c \
	%D%/test_finding.c \
	%D%/test_gap.c \
	%D%/test_memory.c \
	%D%/test_stream.c \
	%D%/test_text_field.c \
	%D%/test_vectors.c
tests_unit_decode_test_decode_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -DSMIN_TESTS_SRCDIR='"$(abs_top_srcdir)"'
tests_unit_decode_test_decode_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_decode_test_decode_LDADD = libtestsupport.la libcore.la $(CRITERION_LIBS)
endif

EXTRA_DIST += %D%/vectors.expected
