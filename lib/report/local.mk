# lib/report: what is handed over: slices of captures, the manifest, the page
libreport_la_SOURCES += \
	%D%/html.c %D%/html.h \
	%D%/html_text.c \
	%D%/manifest.c %D%/manifest.h \
	%D%/page.c %D%/page.h \
	%D%/page_appendix.c \
	%D%/page_compare.c \
	%D%/page_config.c %D%/page_config.h \
	%D%/page_files.c \
	%D%/page_incident.c \
	%D%/page_parts.h \
	%D%/page_pieces.c \
	%D%/page_steps.c \
	%D%/page_style.c \
	%D%/page_subjects.c \
	%D%/page_talk.c \
	%D%/page_timeline.c \
	%D%/page_verdict.c \
	%D%/pcapng_write.c %D%/pcapng_write.h \
	%D%/secret.c %D%/secret.h \
	%D%/svg.c %D%/svg.h \
	%D%/svg_axis.c \
	%D%/talk.h \
	%D%/talk_draw.c \
	%D%/timeline.h \
	%D%/timeline_draw.c \
	%D%/words.c
EXTRA_DIST += %D%/NOTES.md
