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

# Records of other runs and engines, read back
if WITH_JANSSON
noinst_LTLIBRARIES += libeve.la
libeve_la_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
libeve_la_LIBADD = libincident.la $(JANSSON_LIBS)
libeve_la_SOURCES = \
	%D%/eve.h \
	%D%/eve_json.c %D%/eve_json.h \
	%D%/eve_read.c \
	%D%/eve_record.c \
	%D%/eve_time.c
endif
