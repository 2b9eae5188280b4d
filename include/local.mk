smin_includedir = $(includedir)/smin
dist_smin_include_HEADERS = \
	%D%/smin/abi.h \
	%D%/smin/abi_ext.h \
	%D%/smin/abi_lent.h \
	%D%/smin/decoder.h \
	%D%/smin/field.h \
	%D%/smin/host.h \
	%D%/smin/inspector.h \
	%D%/smin/ruleset.h \
	%D%/smin/status.h
nodist_smin_include_HEADERS = %D%/smin/version.h
