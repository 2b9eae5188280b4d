# lib/report: what is handed over: slices of captures, the manifest
libreport_la_SOURCES += \
	%D%/manifest.c %D%/manifest.h \
	%D%/page.h \
	%D%/pcapng_write.c %D%/pcapng_write.h
EXTRA_DIST += %D%/NOTES.md
