# pcaps: whole folders, one per class; tests/corpus/check-corpus.sh looks that nothing else lies in them
EXTRA_DIST += pcaps/README.md pcaps/MANIFEST pcaps/COVERAGE \
	pcaps/good pcaps/bad pcaps/unsupported pcaps/evasion pcaps/clean
