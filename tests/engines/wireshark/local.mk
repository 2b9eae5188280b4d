# The plugin in tshark, in every version that is at hand.
EXTRA_DIST += %D%/each-tshark.sh
dist_noinst_SCRIPTS += %D%/build-against.sh
SMIN_WIRESHARK_TESTS = %D%/check-damage.sh %D%/check-ports.sh %D%/check-shown.sh %D%/check-start.sh %D%/check-transfers.sh
dist_check_SCRIPTS += $(SMIN_WIRESHARK_TESTS)
if WITH_WIRESHARK
TESTS += $(SMIN_WIRESHARK_TESTS)
endif
tests/engines/wireshark/check-shown.log: tests/engines/print_fields$(EXEEXT)
tests/engines/wireshark/check-start.log: smartinstall.la tests/abi/dummy.la tools/mkpcap/smin-mkpcap$(EXEEXT)
# Plugin folders as each version of the program wants them, made by the tests.
clean-local: wireshark-tests-clean
wireshark-tests-clean:
	-rm -rf tests/engines/wireshark/plugins
.PHONY: wireshark-tests-clean
