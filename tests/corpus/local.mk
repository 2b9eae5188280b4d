# tests/corpus
dist_noinst_SCRIPTS += tests/corpus/make-case.sh tests/corpus/make-manifest.sh tests/corpus/replay-case.sh
EXTRA_DIST += tests/corpus/alerts-per-message.jq tests/corpus/near-miss.jq tests/corpus/findings.jq tests/corpus/variants
dist_check_SCRIPTS += \
	tests/corpus/check-corpus.sh \
	tests/corpus/check-coverage.sh \
	tests/corpus/check-drop.sh \
	tests/corpus/check-language.sh \
	tests/corpus/check-messages.sh \
	tests/corpus/determinism.sh \
	tests/corpus/check-perturb.sh \
	tests/corpus/oracle-tshark.sh \
	tests/corpus/run-corpus.tap \
	tests/corpus/run-variants.sh \
	tests/corpus/static-against-loaded.sh
TESTS += \
	tests/corpus/check-corpus.sh \
	tests/corpus/check-coverage.sh \
	tests/corpus/check-drop.sh \
	tests/corpus/check-language.sh \
	tests/corpus/check-messages.sh \
	tests/corpus/check-perturb.sh \
	tests/corpus/determinism.sh \
	tests/corpus/oracle-tshark.sh \
	tests/corpus/run-corpus.tap \
	tests/corpus/run-variants.sh \
	tests/corpus/static-against-loaded.sh
