libcore_la_SOURCES += \
	%D%/alert.c %D%/alert.h \
	%D%/bits.h \
	%D%/byte_set.h \
	%D%/candidates.c %D%/candidates.h \
	%D%/cost.h \
	%D%/database.c %D%/database.h \
	%D%/facts.h \
	%D%/file.c %D%/file.h \
	%D%/file_plan.c %D%/file_plan.h \
	%D%/host.h \
	%D%/cache_hs.h \
	%D%/header_test.c %D%/header_test.h \
	%D%/host_table.c %D%/host_table.h \
	%D%/judge.c %D%/judge.h \
	%D%/limits.h \
	%D%/matcher.c %D%/matcher.h \
	%D%/number.c %D%/number.h \
	%D%/order.c \
	%D%/packet.c %D%/packet.h \
	%D%/packet_number.c \
	%D%/packet_plan.c %D%/packet_plan.h \
	%D%/plan.c %D%/plan.h \
	%D%/recall.c %D%/recall.h \
	%D%/recall_host.c \
	%D%/regex.c %D%/regex.h \
	%D%/scan.h \
	%D%/scan_hs.h \
	%D%/scan_slow.c %D%/scan_slow.h \
	%D%/scanner.c \
	%D%/stream.c \
	%D%/stream_plan.c %D%/stream_plan.h \
	%D%/threshold.c %D%/threshold.h \
	%D%/verify.c %D%/verify.h \
	%D%/verify_bytes.c %D%/verify_bytes.h \
	%D%/widen.c %D%/widen.h %D%/widen_read.h \
	%D%/widen_set.c
if WITH_HYPERSCAN
libcore_la_SOURCES += %D%/cache_hs.c %D%/compile_hs.c %D%/scan_hs.c
else
EXTRA_DIST += %D%/cache_hs.c %D%/compile_hs.c %D%/scan_hs.c
endif
EXTRA_DIST += %D%/NOTES.md
