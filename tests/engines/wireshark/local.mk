# The plugin in tshark, in every version that is at hand.
EXTRA_DIST += %D%/each-tshark.sh
dist_noinst_SCRIPTS += %D%/build-against.sh
SMIN_WIRESHARK_TESTS = %D%/check-shown.sh
dist_check_SCRIPTS += $(SMIN_WIRESHARK_TESTS)
if WITH_WIRESHARK
TESTS += $(SMIN_WIRESHARK_TESTS)
endif
tests/engines/wireshark/check-shown.log: tests/engines/print_fields$(EXEEXT)
