libcore_la_SOURCES += \
	%D%/address.c %D%/address.h \
	%D%/arena.c %D%/arena.h \
	%D%/buffer_option.c \
	%D%/byte_extract.c \
	%D%/byte_jump.c \
	%D%/byte_read.c %D%/byte_read.h \
	%D%/byte_test.c \
	%D%/classification.c %D%/classification.h \
	%D%/content.c %D%/content.h \
	%D%/diagnose.c %D%/diagnose.h \
	%D%/dialect.h \
	%D%/field_option.c \
	%D%/field_test.c %D%/field_test.h \
	%D%/finish.c \
	%D%/flow_option.c \
	%D%/integer.c %D%/integer.h \
	%D%/judged_on.c \
	%D%/keyword_table.c %D%/keyword_table.h \
	%D%/lex.c %D%/lex.h \
	%D%/limits.h \
	%D%/load.c %D%/load.h \
	%D%/meta.c \
	%D%/packet.h \
	%D%/packet_option.c \
	%D%/packet_test.h \
	%D%/parse.h \
	%D%/parse_option.c \
	%D%/parse_rule.c \
	%D%/pattern.c \
	%D%/rule.h \
	%D%/size_option.c \
	%D%/snort_reading.c \
	%D%/source.c %D%/source.h \
	%D%/state.h \
	%D%/state_bits.c \
	%D%/state_names.c %D%/state_names.h \
	%D%/state_number.c \
	%D%/state_option.c %D%/state_option.h \
	%D%/stream_size_option.c \
	%D%/threshold_option.c \
	%D%/transfer.c %D%/transfer.h \
	%D%/variables.c %D%/variables.h \
	%D%/write.h %D%/writer.h \
	%D%/write_byte.c \
	%D%/write_field.c \
	%D%/write_header.c \
	%D%/write_option.c \
	%D%/write_packet.c \
	%D%/write_rule.c \
	%D%/write_size.c \
	%D%/write_state.c \
	%D%/write_text.c \
	%D%/write_threshold.c
EXTRA_DIST += %D%/NOTES.md
