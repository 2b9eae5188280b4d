# lib/replay: what is written: records, sandbox
libreplay_la_SOURCES += \
	lib/replay/record.c lib/replay/record.h lib/replay/record_internal.h \
	lib/replay/record_alert.c \
	lib/replay/record_community.c \
	lib/replay/record_file.c \
	lib/replay/record_flow.c \
	lib/replay/record_message.c \
	lib/replay/record_stats.c \
	lib/replay/sandbox.c lib/replay/sandbox.h
