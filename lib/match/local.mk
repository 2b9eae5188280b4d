libcore_la_SOURCES += \
	%D%/database.h \
	%D%/facts.h \
	%D%/matcher.h
