# Workloads, series and micro benches. Nothing here is installed.
noinst_PROGRAMS += %D%/generate
%C%_generate_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tools
%C%_generate_SOURCES = \
	%D%/conversation.c %D%/conversation.h \
	%D%/flow.c %D%/flow.h \
	%D%/generate.c \
	%D%/many.c \
	%D%/message.c %D%/message.h \
	%D%/mix.c \
	%D%/output.c %D%/output.h \
	%D%/random.c %D%/random.h \
	%D%/truth.c %D%/truth.h \
	%D%/workload.h

noinst_PROGRAMS += %D%/count %D%/series
%C%_count_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tools
%C%_count_SOURCES = %D%/count.c %D%/truth.c %D%/truth.h
%C%_series_SOURCES = %D%/series.c

EXTRA_DIST += %D%/peer.rules %D%/suricata.yaml
dist_check_SCRIPTS += %D%/test-generator.sh
TESTS += %D%/test-generator.sh
