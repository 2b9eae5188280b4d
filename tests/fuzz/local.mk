# tests/fuzz: each target is a test that replays inputs, or, with --enable-fuzzer, a program of the engine.
if WITH_FUZZER
FUZZ_MAIN =
FUZZ_LINK = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
else
check_LTLIBRARIES += libreplayinputs.la
libreplayinputs_la_SOURCES = %D%/replay_inputs.c
libreplayinputs_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
FUZZ_MAIN = libreplayinputs.la
FUZZ_LINK = $(AM_LDFLAGS)
TESTS += $(FUZZ_TARGETS)
endif
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
EXTRA_DIST += %D%/NOTES.md
FUZZ_TARGETS =
check_PROGRAMS += $(FUZZ_TARGETS)

# One block per target: this is all that a new one needs.
FUZZ_TARGETS += tests/fuzz/fuzz_frame
tests_fuzz_fuzz_frame_SOURCES = %D%/fuzz_frame.c %D%/fuzz.h
tests_fuzz_fuzz_frame_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_frame_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_frame_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += %D%/seeds/fuzz_frame/partial_header.hex

FUZZ_TARGETS += tests/fuzz/fuzz_message
tests_fuzz_fuzz_message_SOURCES = %D%/fuzz_message.c %D%/fuzz.h
tests_fuzz_fuzz_message_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_message_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_message_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += %D%/seeds/fuzz_message/backup_tiny_items.hex

FUZZ_TARGETS += tests/fuzz/fuzz_stream
tests_fuzz_fuzz_stream_SOURCES = %D%/fuzz_stream.c %D%/fuzz.h
tests_fuzz_fuzz_stream_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_stream_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_stream_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += \
	%D%/seeds/fuzz_stream/absurd_then_probe.hex \
	%D%/seeds/fuzz_stream/ascii_hex_pair.hex \
	%D%/seeds/fuzz_stream/gap_in_body.hex

FUZZ_TARGETS += tests/fuzz/fuzz_pcap
tests_fuzz_fuzz_pcap_SOURCES = %D%/fuzz_pcap.c %D%/fuzz.h
tests_fuzz_fuzz_pcap_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_pcap_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_pcap_LDADD = $(FUZZ_MAIN) libtestsupport.la libreplay.la
EXTRA_DIST += \
	%D%/seeds/fuzz_pcap/blocks_two_sections.hex \
	%D%/seeds/fuzz_pcap/damaged_first_record.hex \
	%D%/seeds/fuzz_pcap/micro_little.hex \
	%D%/seeds/fuzz_pcap/nano_big.hex \
	%D%/seeds/fuzz_pcap/packed.hex \
	%D%/seeds/fuzz_pcap/packed_tar.hex

FUZZ_TARGETS += tests/fuzz/fuzz_dissect
tests_fuzz_fuzz_dissect_SOURCES = %D%/fuzz_dissect.c %D%/fuzz.h
tests_fuzz_fuzz_dissect_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_dissect_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_dissect_LDADD = $(FUZZ_MAIN) libtestsupport.la libreplay.la
EXTRA_DIST += \
	%D%/seeds/fuzz_dissect/cooked.hex \
	%D%/seeds/fuzz_dissect/ethernet.hex \
	%D%/seeds/fuzz_dissect/fragments.hex \
	%D%/seeds/fuzz_dissect/tunnels.hex

FUZZ_TARGETS += tests/fuzz/fuzz_rule
tests_fuzz_fuzz_rule_SOURCES = %D%/fuzz_rule.c %D%/fuzz.h
tests_fuzz_fuzz_rule_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_rule_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_rule_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += %D%/seeds/fuzz_rule/keywords.rules %D%/seeds/fuzz_rule/shapes.rules

FUZZ_TARGETS += tests/fuzz/fuzz_match_differs
tests_fuzz_fuzz_match_differs_SOURCES = %D%/fuzz_match_differs.c %D%/choices.c %D%/choices.h %D%/fuzz.h \
	%D%/reference.c %D%/reference.h
tests_fuzz_fuzz_match_differs_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_match_differs_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_match_differs_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += %D%/seeds/fuzz_match_differs/mixed.hex

FUZZ_TARGETS += tests/fuzz/fuzz_widen
tests_fuzz_fuzz_widen_SOURCES = %D%/fuzz_widen.c %D%/choices.c %D%/choices.h %D%/fuzz.h
tests_fuzz_fuzz_widen_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_widen_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_widen_LDADD = $(FUZZ_MAIN) libtestsupport.la libcore.la
EXTRA_DIST += %D%/seeds/fuzz_widen/mixed.hex %D%/seeds/fuzz_widen/short.hex

FUZZ_TARGETS += tests/fuzz/fuzz_tftp
tests_fuzz_fuzz_tftp_SOURCES = %D%/fuzz_tftp.c %D%/fuzz.h tests/unit/tftp/stage.c tests/unit/tftp/stage.h
tests_fuzz_fuzz_tftp_CPPFLAGS = $(FUZZ_CPPFLAGS) -I$(top_srcdir)/plugins
tests_fuzz_fuzz_tftp_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_tftp_LDADD = $(FUZZ_MAIN) libtestsupport.la libtftp.la
EXTRA_DIST += %D%/seeds/fuzz_tftp/second_answer.hex %D%/seeds/fuzz_tftp/window.hex

if WITH_LIBHTP
FUZZ_TARGETS += tests/fuzz/fuzz_http
tests_fuzz_fuzz_http_SOURCES = %D%/fuzz_http.c %D%/fuzz.h tests/unit/http/stage.c tests/unit/http/stage.h
tests_fuzz_fuzz_http_CPPFLAGS = $(FUZZ_CPPFLAGS) -I$(top_srcdir)/plugins
tests_fuzz_fuzz_http_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_http_LDADD = $(FUZZ_MAIN) libtestsupport.la libhttp.la
endif
EXTRA_DIST += %D%/seeds/fuzz_http/answer_in_a_head.hex %D%/seeds/fuzz_http/two_heads.hex

FUZZ_TARGETS += tests/fuzz/fuzz_ios_text
tests_fuzz_fuzz_ios_text_SOURCES = %D%/fuzz_ios_text.c %D%/fuzz.h
tests_fuzz_fuzz_ios_text_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_ios_text_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_ios_text_LDADD = $(FUZZ_MAIN) libtestsupport.la libdevice.la
EXTRA_DIST += \
	%D%/seeds/fuzz_ios_text/config.txt \
	%D%/seeds/fuzz_ios_text/flat.txt \
	%D%/seeds/fuzz_ios_text/image.txt \
	%D%/seeds/fuzz_ios_text/script.txt \
	%D%/seeds/fuzz_ios_text/shown.txt \
	%D%/seeds/fuzz_ios_text/two_byte.txt

FUZZ_TARGETS += tests/fuzz/fuzz_ios_compare
tests_fuzz_fuzz_ios_compare_SOURCES = %D%/fuzz_ios_compare.c %D%/fuzz.h
tests_fuzz_fuzz_ios_compare_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_ios_compare_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_ios_compare_LDADD = $(FUZZ_MAIN) libtestsupport.la libdevice.la
EXTRA_DIST += %D%/seeds/fuzz_ios_compare/order.bin

if WITH_JANSSON
FUZZ_TARGETS += tests/fuzz/fuzz_eve
tests_fuzz_fuzz_eve_SOURCES = %D%/fuzz_eve.c %D%/fuzz.h
tests_fuzz_fuzz_eve_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_eve_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_eve_LDADD = $(FUZZ_MAIN) libtestsupport.la libeve.la
endif
EXTRA_DIST += %D%/fuzz_eve.c %D%/seeds/fuzz_eve/engine.json %D%/seeds/fuzz_eve/run.json

FUZZ_TARGETS += tests/fuzz/fuzz_ftp
tests_fuzz_fuzz_ftp_SOURCES = %D%/fuzz_ftp.c %D%/fuzz.h tests/unit/ftp/stage.c tests/unit/ftp/stage.h
tests_fuzz_fuzz_ftp_CPPFLAGS = $(FUZZ_CPPFLAGS) -I$(top_srcdir)/plugins
tests_fuzz_fuzz_ftp_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_ftp_LDADD = $(FUZZ_MAIN) libtestsupport.la libftp.la
EXTRA_DIST += %D%/seeds/fuzz_ftp/gaps.hex %D%/seeds/fuzz_ftp/transfer.hex

FUZZ_TARGETS += tests/fuzz/fuzz_page
tests_fuzz_fuzz_page_SOURCES = %D%/fuzz_page.c %D%/fuzz.h \
	tests/unit/report/page_build.c tests/unit/report/page_build.h \
	tests/unit/report/wellformed.c tests/unit/report/wellformed.h
tests_fuzz_fuzz_page_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_page_LDFLAGS = $(FUZZ_LINK)
tests_fuzz_fuzz_page_LDADD = $(FUZZ_MAIN) libtestsupport.la libreport.la
EXTRA_DIST += \
	%D%/seeds/fuzz_page/commands.hex \
	%D%/seeds/fuzz_page/configuration.hex
