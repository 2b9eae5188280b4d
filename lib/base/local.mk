libbase_la_SOURCES += \
	%D%/address.c %D%/address.h \
	%D%/alloc.c %D%/alloc.h \
	%D%/bytebuf.c %D%/bytebuf.h \
	%D%/cursor.h \
	%D%/sha256.c %D%/sha256.h \
	%D%/span.h \
	%D%/status.c \
	%D%/tail.h \
	%D%/trace.c %D%/trace.h \
	%D%/utf8.h \
	%D%/written.c %D%/written.h
