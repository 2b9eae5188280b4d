libcore_la_SOURCES += \
	%D%/announce.c %D%/announce.h \
	%D%/builtin.c %D%/builtin.h \
	%D%/deliver.c \
	%D%/detect_table.c \
	%D%/extensions.c \
	%D%/file.c \
	%D%/flow_state.c %D%/flow_state.h \
	%D%/foreign.c %D%/foreign.h \
	%D%/inspector.c %D%/inspector.h \
	%D%/instance.c %D%/instance.h \
	%D%/loose.c %D%/loose.h \
	%D%/packet.c \
	%D%/rule_info.c %D%/rule_info.h \
	%D%/ruleset_api.c \
	%D%/settings.c %D%/settings.h
EXTRA_DIST += %D%/NOTES.md
