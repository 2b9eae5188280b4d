# sources of lib/decode
libcore_la_SOURCES += \
	%D%/buffer.c \
	%D%/buffer.h \
	%D%/command.c \
	%D%/command.h \
	%D%/command_served.c \
	%D%/command_word.c \
	%D%/command_word.h \
	%D%/decode.h \
	%D%/decoder_api.c \
	%D%/detect.c \
	%D%/detect.h \
	%D%/event.def \
	%D%/field.def \
	%D%/finding.c \
	%D%/finding.def \
	%D%/finding.h \
	%D%/frame.c \
	%D%/frame.h \
	%D%/header.c \
	%D%/header.h \
	%D%/hex_text.c \
	%D%/hex_text.h \
	%D%/ids.h \
	%D%/limits.h \
	%D%/message.c \
	%D%/message.def \
	%D%/message_backup.c \
	%D%/message_capability.c \
	%D%/message_config.c \
	%D%/message_discovery.c \
	%D%/message_execute.c \
	%D%/message_image.c \
	%D%/message_table.c \
	%D%/message_table.h \
	%D%/scratch.c \
	%D%/scratch.h \
	%D%/stream.c \
	%D%/stream.h \
	%D%/stream_deliver.c \
	%D%/stream_hunt.c \
	%D%/stream_state.h \
	%D%/stream_step.c \
	%D%/tables.c \
	%D%/text_field.c \
	%D%/text_field.h \
	%D%/tlv.c \
	%D%/tlv.h \
	%D%/tool.c \
	%D%/view.c \
	%D%/view.h

EXTRA_DIST += %D%/NOTES.md
