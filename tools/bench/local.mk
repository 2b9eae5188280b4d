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

EXTRA_DIST += doc/performance.md %D%/peer.rules %D%/suricata.yaml
dist_check_SCRIPTS += %D%/test-generator.sh %D%/test-truth.sh
TESTS += %D%/test-generator.sh %D%/test-truth.sh

# bench: BENCH_SCALE and BENCH_ROUNDS come from the environment or the command line.
BENCH_SCALE = 0.25
BENCH_ROUNDS = 5
EXTRA_DIST += %D%/NOTES.md
dist_noinst_SCRIPTS += %D%/bench.sh %D%/inject.sh %D%/instructions.sh %D%/many-rules.sh
bench_environment = SMIN_SRCDIR='$(abs_top_srcdir)' SMIN_BUILDDIR='$(abs_top_builddir)' \
	BENCH_SCALE='$(BENCH_SCALE)' BENCH_ROUNDS='$(BENCH_ROUNDS)' SMIN_CC='$(CC)' \
	SMIN_CFLAGS='$(AM_CFLAGS)' SMIN_USER_CFLAGS='$(CFLAGS)' LC_ALL=C TZ=UTC
.PHONY: bench bench-instructions
bench: all
	@$(bench_environment) bash $(srcdir)/tools/bench/bench.sh
bench-instructions: all
	@$(bench_environment) bash $(srcdir)/tools/bench/instructions.sh
clean-local: bench-clean
bench-clean:
	-rm -rf bench-data

noinst_PROGRAMS += %D%/micro_decode
bench_micro_sources = \
	%D%/message.c %D%/message.h \
	%D%/micro.c %D%/micro.h \
	%D%/random.c %D%/random.h
%C%_micro_decode_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tools
%C%_micro_decode_SOURCES = %D%/micro_decode.c $(bench_micro_sources)
%C%_micro_decode_LDADD = libcore.la

noinst_PROGRAMS += %D%/micro_match
%C%_micro_match_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tools
%C%_micro_match_SOURCES = %D%/micro_match.c $(bench_micro_sources)
%C%_micro_match_LDADD = libcore.la

# Transfers for tests and the bench.
noinst_PROGRAMS += %D%/transfer
%C%_transfer_SOURCES = %D%/transfer.c %D%/transfer_packet.c %D%/transfer_packet.h %D%/transfer_tcp.c %D%/transfer_tftp.c

# Facts and records to be joined into incidents.
noinst_PROGRAMS += %D%/join
%C%_join_SOURCES = %D%/join.c
%C%_join_LDADD = libincident.la
