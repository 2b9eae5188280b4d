libcore_la_SOURCES += \
	%D%/address.c %D%/address.h \
	%D%/arena.c %D%/arena.h \
	%D%/classification.c %D%/classification.h \
	%D%/content.c %D%/content.h \
	%D%/diagnose.c %D%/diagnose.h \
	%D%/finish.c \
	%D%/flow_option.c \
	%D%/integer.c %D%/integer.h \
	%D%/keyword_table.c %D%/keyword_table.h \
	%D%/lex.c %D%/lex.h \
	%D%/limits.h \
	%D%/load.c %D%/load.h \
	%D%/meta.c \
	%D%/number_test.c \
	%D%/parse.h \
	%D%/parse_option.c \
	%D%/parse_rule.c \
	%D%/pattern.c \
	%D%/rule.h \
	%D%/source.c %D%/source.h \
	%D%/variables.c %D%/variables.h
EXTRA_DIST += %D%/NOTES.md
