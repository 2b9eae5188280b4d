# The texts that every host writes alike: JSON, and a message as a JSON object.
noinst_LTLIBRARIES += librecord.la
librecord_la_SOURCES = \
	%D%/message_plan.c %D%/message_plan.h \
	%D%/write_json.c %D%/write_json.h
librecord_la_LIBADD = libbase.la
EXTRA_DIST += %D%/NOTES.md
