# tests/abi: the contract from both sides. The dummy is an inspector written from the headers alone.
check_LTLIBRARIES += tests/abi/dummy.la
tests_abi_dummy_la_SOURCES = %D%/dummy/dummy.c %D%/dummy/dummy_detect.h %D%/dummy/dummy_expect.h %D%/dummy/dummy_packet.h %D%/dummy/toyline.h
# -rpath makes libtool build a shared object that is never installed.
tests_abi_dummy_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -rpath $(abs_builddir)/tests/abi \
	-export-symbols-regex '^smin_plugin_entry$$'

SMIN_BAD_PLUGINS = \
	%D%/bad_plugins/control_in_vendor.c \
	%D%/bad_plugins/count_huge.c \
	%D%/bad_plugins/entry_empty.c \
	%D%/bad_plugins/entry_function.c \
	%D%/bad_plugins/entry_missing.c \
	%D%/bad_plugins/entry_unended.c \
	%D%/bad_plugins/older_major.c \
	%D%/bad_plugins/no_plugin_constructor.c \
	%D%/bad_plugins/null_extension.c \
	%D%/bad_plugins/null_feed.c \
	%D%/bad_plugins/null_id.c \
	%D%/bad_plugins/null_message_name.c \
	%D%/bad_plugins/null_name.c \
	%D%/bad_plugins/ports_null.c \
	%D%/bad_plugins/flag_unknown.c \
	%D%/bad_plugins/same_twice.c \
	%D%/bad_plugins/size_huge.c \
	%D%/bad_plugins/size_small.c \
	%D%/bad_plugins/size_zero.c \
	%D%/bad_plugins/stride_zero.c \
	%D%/bad_plugins/table_null.c \
	%D%/bad_plugins/twice_id.c \
	%D%/bad_plugins/twice_name.c \
	%D%/bad_plugins/wrong_major.c
EXTRA_DIST += %D%/bad_plugins/good.h $(SMIN_BAD_PLUGINS)

dist_check_SCRIPTS += %D%/validate.sh
TESTS += tests/abi/validate.sh
# The script runs what it finds in the build folder.
tests/abi/validate.log: smin-validate$(EXEEXT) smartinstall.la tftp.la ftp.la sealed.la $(HTTP_MODULE) tests/abi/dummy.la

dist_check_SCRIPTS += %D%/layout.sh %D%/matrix.sh
TESTS += %D%/layout.sh %D%/matrix.sh
tests/abi/matrix.log: smin-validate$(EXEEXT) smartinstall.la tftp.la ftp.la sealed.la $(HTTP_MODULE)
EXTRA_DIST += %D%/tftp %D%/ftp %D%/http \
	%D%/layout.c %D%/layout_lent.h %D%/old_host.c %D%/NOTES.md \
	%D%/frozen_0_1/smin/abi.h \
	%D%/frozen_0_1/smin/abi_ext.h \
	%D%/frozen_0_1/smin/field.h \
	%D%/frozen_0_1/smin/status.h \
	%D%/frozen_1_0/smin/abi.h \
	%D%/frozen_1_0/smin/abi_ext.h \
	%D%/frozen_1_0/smin/abi_lent.h \
	%D%/frozen_1_0/smin/field.h \
	%D%/frozen_1_0/smin/status.h
