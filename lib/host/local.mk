# The convenience library serves libsminhost and those of ours who need more than it exports (tools/validate, tests).
noinst_LTLIBRARIES += libhost.la
libhost_la_SOURCES = \
	%D%/describe.h \
	%D%/elf_file.c %D%/elf_file.h \
	%D%/elf_symbols.c %D%/elf_symbols.h \
	%D%/limits.h \
	%D%/load.c %D%/load.h \
	%D%/negotiate.c \
	%D%/reason.c %D%/reason.h \
	%D%/registry.c %D%/registry.h \
	%D%/session.c %D%/session.h \
	%D%/tables.c %D%/tables.h \
	%D%/wellformed.c %D%/wellformed.h
libhost_la_LIBADD = libbase.la $(DL_LIBS)
libsminhost_la_LIBADD += libhost.la
EXTRA_DIST += %D%/NOTES.md
