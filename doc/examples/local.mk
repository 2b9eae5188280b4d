# Complete programs for readers, built as any program of ours, run by examples.sh; check-install.sh builds
# them once more against an installed tree.
check_PROGRAMS += doc/examples/decode doc/examples/host doc/examples/match
doc_examples_decode_SOURCES = %D%/decode.c
doc_examples_decode_LDADD = libsmin.la
doc_examples_host_SOURCES = %D%/host.c
doc_examples_host_LDADD = libsminhost.la
doc_examples_match_SOURCES = %D%/match.c
doc_examples_match_LDADD = libsmin.la
smin_examplesdir = $(docdir)/examples
dist_smin_examples_DATA = %D%/decode.c %D%/host.c %D%/match.c
dist_check_SCRIPTS += %D%/examples.sh
TESTS += %D%/examples.sh
EXTRA_DIST += %D%/decode.expected %D%/host.expected %D%/match.expected
doc/examples/examples.log: doc/examples/decode$(EXEEXT) doc/examples/host$(EXEEXT) \
	doc/examples/match$(EXEEXT) tests/abi/dummy.la
