# smin-validate: does a plugin keep the contract?
bin_PROGRAMS += smin-validate
smin_validate_SOURCES = \
	%D%/check.h \
	%D%/check_alloc.c \
	%D%/check_detect.c \
	%D%/check_expect.c \
	%D%/check_extension.c \
	%D%/check_file.c \
	%D%/check_misuse.c \
	%D%/check_packet.c \
	%D%/check_file_rules.c \
	%D%/check_setup.c \
	%D%/check_stream.c \
	%D%/checks.c \
	%D%/child.c %D%/child.h \
	%D%/drive.c %D%/drive.h \
	%D%/guarded.c %D%/guarded.h \
	%D%/host_lent.c %D%/host_lent.h \
	%D%/host_side.c %D%/host_side.h \
	%D%/main.c \
	%D%/options.c %D%/options.h \
	%D%/output_check.c %D%/output_check.h \
	%D%/samples.c %D%/samples.h
smin_validate_CFLAGS = $(AM_CFLAGS) -pthread
smin_validate_LDADD = libhost.la -lpthread
EXTRA_DIST += %D%/NOTES.md
