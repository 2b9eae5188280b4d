# tests/engines/snort3
check_PROGRAMS += %D%/print_lua
tests_engines_snort3_print_lua_SOURCES = %D%/print_lua.c
tests_engines_snort3_print_lua_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_engines_snort3_print_lua_LDADD = libsnortwork.la libhost.la librecord.la libcore.la
EXTRA_DIST += %D%/NOTES.md %D%/find-snort.sh %D%/options.rules %D%/records.jq %D%/snort.lua
dist_noinst_SCRIPTS += tests/engines/ask-snort.sh
SMINI_SNORT_CHECKS = %D%/check-generated.sh %D%/check-rules.sh %D%/check-shim.sh %D%/check-threads.sh
dist_check_SCRIPTS += $(SMINI_SNORT_CHECKS)
TESTS += $(SMINI_SNORT_CHECKS)

# The shim against a stub of Snort's interface: compiled and driven everywhere, so that it cannot rot unseen.
SMINI_SNORT_STUB = \
	%D%/stub/detection/detection_engine.h %D%/stub/detection/ips_context.h \
	%D%/stub/engine.cc %D%/stub/engine.h \
	%D%/stub/flow/flow.h %D%/stub/flow/flow_data.h \
	%D%/stub/framework/counts.h %D%/stub/framework/cursor.h %D%/stub/framework/decode_data.h \
	%D%/stub/framework/inspector.h %D%/stub/framework/ips_option.h %D%/stub/framework/module.h \
	%D%/stub/framework/parameter.h %D%/stub/framework/value.h \
	%D%/stub/log/messages.h \
	%D%/stub/main/snort_types.h %D%/stub/main/thread.h %D%/stub/main/thread_config.h \
	%D%/stub/protocols/packet.h \
	%D%/stub/snort_stub.h \
	%D%/stub/stream/stream_splitter.h
check_PROGRAMS += %D%/test_shim
tests_engines_snort3_test_shim_SOURCES = %D%/interface_facts.cc %D%/rules.cc %D%/rules.h %D%/test_shim.cc \
	$(SMINI_SNORT_STUB) $(SMINI_SNORT_SHIM)
tests_engines_snort3_test_shim_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/%D%/stub -I$(top_srcdir)/%D% \
	-I$(top_srcdir)/plugins -I$(top_srcdir)
tests_engines_snort3_test_shim_CXXFLAGS = $(SNORT3_CXXFLAGS)
tests_engines_snort3_test_shim_LDADD = libsnortwork.la libtestsupport.la libhost.la librecord.la libcore.la

if WITH_SNORT3
# The same facts of the true headers.
check_LTLIBRARIES += %D%/libinterface_facts.la
tests_engines_snort3_libinterface_facts_la_SOURCES = %D%/interface_facts.cc
tests_engines_snort3_libinterface_facts_la_CXXFLAGS = $(SNORT3_CXXFLAGS) $(SNORT3_CFLAGS)
endif

if WITH_CRITERION
check_PROGRAMS += tests/engines/snort3/unit/test_snort3
TESTS += tests/engines/snort3/unit/test_snort3
tests_engines_snort3_unit_test_snort3_SOURCES = %D%/unit/test_catalogue.c %D%/unit/test_copies.c %D%/unit/test_cut.c
tests_engines_snort3_unit_test_snort3_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_engines_snort3_unit_test_snort3_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_engines_snort3_unit_test_snort3_LDADD = libsnortwork.la libhost.la librecord.la libcore.la $(CRITERION_LIBS)
endif
