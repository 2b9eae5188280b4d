# sources of lib/decode
libcore_la_SOURCES += \
	%D%/command.h \
	%D%/decode.h \
	%D%/detect.h \
	%D%/event.def \
	%D%/field.def \
	%D%/frame.h \
	%D%/header.h \
	%D%/ids.h \
	%D%/limits.h \
	%D%/message.def \
	%D%/scratch.h \
	%D%/stream.h \
	%D%/text_field.h
