# tests/meta: the tree and the build as they should be
SMIN_META_CHECKS = \
	%D%/check-configurations.sh \
	%D%/check-dist.sh \
	%D%/check-docs.sh \
	%D%/check-exports.sh \
	%D%/check-headers.sh \
	%D%/check-install.sh \
	%D%/check-layers.sh \
	%D%/check-length.sh \
	%D%/check-names.sh \
	%D%/check-needed.sh \
	%D%/selftest.sh
dist_check_SCRIPTS += $(SMIN_META_CHECKS)
TESTS += $(SMIN_META_CHECKS)
EXTRA_DIST += %D%/NOTES.md
