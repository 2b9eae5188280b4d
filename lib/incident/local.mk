# lib/incident: from flat records to incidents and devices
libincident_la_CFLAGS = $(AM_CFLAGS) $(LIBMD_CFLAGS)
libincident_la_LIBADD += $(LIBMD_LIBS)
libincident_la_SOURCES += \
	%D%/act.c \
	%D%/address.c \
	%D%/confirm.c \
	%D%/decide.c \
	%D%/device.c \
	%D%/errand.c %D%/errand.h \
	%D%/evidence.c \
	%D%/connection.c \
	%D%/hold.c \
	%D%/incident.h \
	%D%/internal.h \
	%D%/keymap.c %D%/keymap.h \
	%D%/match.c %D%/match.h \
	%D%/message.c \
	%D%/outcome.c \
	%D%/pack.c %D%/pack.h \
	%D%/set.c \
	%D%/text.c \
	%D%/transfer.c \
	%D%/words.c
EXTRA_DIST += %D%/NOTES.md
