libcore_la_SOURCES += \
	%D%/arena.h \
	%D%/diagnose.h \
	%D%/load.h \
	%D%/rule.h
