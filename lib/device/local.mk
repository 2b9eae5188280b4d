# lib/device: what a device's own texts say
libdevice_la_SOURCES += \
	%D%/compare.c %D%/compare.h \
	%D%/compare_items.c %D%/compare_items.h \
	%D%/fact.c %D%/fact.h \
	%D%/ios_block.c %D%/ios_block.h \
	%D%/ios_class.def \
	%D%/ios_console.c %D%/ios_console.h \
	%D%/ios_form.c %D%/ios_form.def %D%/ios_form.h \
	%D%/ios_judge.c %D%/ios_judge.h \
	%D%/ios_keyword.c %D%/ios_keyword.def \
	%D%/ios_secret.c %D%/ios_secret.h \
	%D%/ios_section.c %D%/ios_section.h \
	%D%/ios_text.c %D%/ios_text.h \
	%D%/ios_where.h \
	%D%/ios_words.c %D%/ios_words.h \
	%D%/vstack.c %D%/vstack.h
EXTRA_DIST += %D%/NOTES.md
