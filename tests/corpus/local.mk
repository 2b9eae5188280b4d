# tests/corpus
dist_noinst_SCRIPTS += tests/corpus/make-case.sh tests/corpus/make-manifest.sh
dist_check_SCRIPTS += tests/corpus/check-messages.sh
EXTRA_DIST += tests/corpus/check-corpus.sh
TESTS += tests/corpus/check-messages.sh
