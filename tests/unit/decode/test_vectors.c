/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/decode/decode_run.h"

#include "tests/support/guard_page.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* What each vector must say, beside the whole log in vectors.expected: the lines that matter, and some that must not be. */
struct expectation {
    const char *vector;
    const char *says[6];
    const char *silent[4];
};

static const struct expectation expectations[] = {
    {"t04_capabilities_req_v1", {"event probe...", "field smin.tool \"smi_check, SIET..."}, {"event length..."}},
    {"t04_capabilities_req_v0", {"event probe..."}, {"event tool_fingerprint...", "event version_unknown..."}},
    {"t04_probe_go_siet_28b", {"event length_understated at=24+4 number=4", "field smin.tool \"Go-SIET\"..."}, {0}},
    {"r03_capabilities_resp", {"event client_active..."}, {"event role_unexpected..."}},
    {"r04_status_1", {"event client_active...", "field smin.status 1..."}, {0}},
    {"t03_gvm_truncated", {"event body_short...", "field smin.tool \"Greenbone (OpenVAS) scan\"..."}, {"event config_replacement..."}},
    {"t03_download_config_sched",
     {"event config_replacement...", "field smin.url \"tftp://198.51.100.7/default.conf\"...", "field smin.minutes 1..."},
     {"event url_...", "event slot_not_empty..."}},
    {"t03_download_config_minute60", {"event minutes_invalid at=44+4 number=60"}, {0}},
    {"t03_download_config_http", {"event config_replacement..."}, {0}},
    {"t03_smi_check_v1_uuid", {"field smin.tool \"Talos smi_check of 2017\"..."}, {0}},
    {"t03_test2016_random_file", {"field smin.tool \"SIET test mode of 2016\"..."}, {0}},
    {"t03_go_siet_malformed",
     {"event url_missing...", "event length_understated at=312+266 number=266", "event config_replacement at=314+32 number=0",
      "field smin.tool \"Go-SIET\"..."},
     {0}},
    {"t02_download_image_now",
     {"event image_replacement...", "field smin.flags 2081...", "field smin.reload_now 1...",
      "field smin.filename \"tar_imglist0.txt\"..."},
     {"event reload_contradiction..."}},
    {"t02_image_list_unterminated", {"event url_unterminated...", "event url_long...", "event image_replacement..."}, {0}},
    {"t05_execute", {"event command_execution...", "field smin.url \"tftp://198.51.100.7/execute.txt\"..."}, {"event body..."}},
    {"t05_execute_go_siet",
     {"event body_short...", "event length_understated...", "event command_execution at=412+31 number=0"},
     {0}},
    {"t08_backup_tlv3_siet",
     {"event config_exfiltration at=376+59 number=0", "field smin.mac fc9947378660...",
      "field smin.tool \"SIET, SIETpy3 or cisco-siet.nse (same bytes)\"..."},
     {"event config_exfiltration at=40...", "event command_execution...", "event director_backup..."}},
    {"t08_backup_tlv3_siet_2016", {"event config_exfiltration...", "field smin.tool \"SIET, first version of 2016\"..."}, {0}},
    {"t08_backup_tlv3_msf", {"event config_exfiltration...", "field smin.tool \"Metasploit cisco_smart_install\"..."}, {0}},
    {"t08_backup_tlv2_tftpserver",
     {"event config_exfiltration...", "field smin.filename \"startup-config\"..."},
     {"event command_execution..."}},
    {"t08_backup_tlv2_brutasse", {"event config_exfiltration...", "field smin.tool \"brutasse\"..."}, {0}},
    {"t08_backup_tlv3_legitimate_shape",
     {"event director_backup..."},
     {"event config_exfiltration...", "event command_execution...", "event config_replacement...", "field smin.tool..."}},
    {"t08_go_siet_malformed",
     {"event length_overstated at=12+4 number=334", "event tlv_length_invalid...",
      "event config_exfiltration at=378+59 number=0", "field smin.tool \"Go-SIET\"..."},
     {0}},
    {"t09_backup_done", {"field smin.status 1..."}, {"event..."}},
    {"r09_backup_resp",
     {"event backup_confirmed...", "field smin.hostname \"SwitchA\"...",
      "field smin.md5 000102030405060708090a0b0c0d0e0f..."},
     {"event role_unexpected..."}},
    {"t10_backup_record_ff", {"field smin.record_word 1432144488...", "event tool_fingerprint..."}, {"field smin.hostname..."}},
    {"t10_t08_pipelined", {"message backup_record #0...", "message backup_request #1 at=96+376..."}, {"trailer..."}},
    {"t07_init_discovery_28", {"field smin.tlv_length 28..."}, {"event..."}},
    {"t07_init_discovery_29", {"event discovery_value_oversized at=20+4 number=29"}, {"event discovery_length_mismatch..."}},
    {"t07_init_discovery_216", {"event discovery_value_oversized..."}, {"event discovery_length_mismatch..."}},
    {"t07_init_discovery_lenmismatch",
     {"event discovery_value_oversized...", "event discovery_length_mismatch...", "event length_understated..."},
     {0}},
    {"t07_init_discovery_len0", {"event discovery_length_mismatch..."}, {"event discovery_value_oversized..."}},
    {"x_alrikrr_ascii_hex",
     {"event ascii_hex at=0+0 number=0", "message backup_record #0 at=0+192...", "event ascii_hex at=0+192 number=0"},
     {0}},
};

Test(vectors, each_says_what_matters_and_nothing_that_is_wrong)
{
    struct decode_run run;
    struct guard_page page;
    static struct hexfile file;
    decode_run_open(&run, NULL);
    guard_page_open(&page, HEXFILE_ROOM);
    for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
        const struct expectation *expect = &expectations[i];
        hexfile_vector(expect->vector, &file);
        decode_run_start(&run, decode_run_direction(expect->vector), true, false);
        cr_expect_eq(decode_run_feed(&run, guard_page_put(&page, file.bytes, file.length), file.length), SMIN_OK);
        cr_expect_eq(decode_run_end(&run), SMIN_OK);
        for (size_t k = 0; k < 6 && expect->says[k]; k++)
            cr_expect(decode_run_says(&run, expect->says[k]), "%s lacks: %s", expect->vector, expect->says[k]);
        for (size_t k = 0; k < 4 && expect->silent[k]; k++)
            cr_expect(!decode_run_says(&run, expect->silent[k]), "%s has: %s", expect->vector, expect->silent[k]);
    }
    guard_page_close(&page);
    cr_expect(decode_run_close(&run));
}

/* Every field, offset and event of every vector. SMIN_UPDATE_EXPECTED writes it anew, to be read before it is committed. */
Test(vectors, the_whole_log_is_as_recorded)
{
    struct decode_run run;
    static struct hexfile file;
    static char expected[128 * 1024];
    size_t count;
    const char *const *names = hexfile_names(&count);
    char path[1024];
    const char *source = getenv("SMIN_SRCDIR");
    (void)snprintf(path, sizeof(path), "%s/tests/unit/decode/vectors.expected", source ? source : SMIN_TESTS_SRCDIR);
    FILE *in = fopen(path, "r");
    cr_assert(in, "%s", path);
    size_t length = fread(expected, 1, sizeof(expected) - 1, in);
    fclose(in);
    expected[length] = 0;
    FILE *out = getenv("SMIN_UPDATE_EXPECTED") ? fopen(path, "w") : NULL;
    decode_run_open(&run, NULL);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(names[i], "tftp", 4) == 0)
            continue;
        hexfile_vector(names[i], &file);
        decode_run_start(&run, decode_run_direction(names[i]), true, false);
        recording_sink_line(&run.sink, "=== %s", names[i]);
        cr_expect_eq(decode_run_feed(&run, file.bytes, file.length), SMIN_OK);
        cr_expect_eq(decode_run_end(&run), SMIN_OK);
        size_t said = run.sink.length;
        if (out) {
            (void)fwrite(run.sink.text, 1, said, out);
            continue;
        }
        cr_assert(at + said <= length && memcmp(expected + at, run.sink.text, said) == 0, "differs:\n%s", run.sink.text);
        at += said;
    }
    if (out)
        fclose(out);
    cr_expect(out || at == length);
    cr_expect(decode_run_close(&run));
}

/* The same bytes through the three entries, where all of them apply. */
Test(vectors, whole_message_decode_agrees_with_the_stream)
{
    struct decode_run run;
    static struct hexfile file;
    size_t count;
    const char *const *names = hexfile_names(&count);
    decode_run_open(&run, NULL);
    unsigned compared = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t total;
        hexfile_vector(names[i], &file);
        if (smini_frame_need(file.bytes, file.length, &total) != SMIN_OK || total != file.length)
            continue;
        uint32_t direction = decode_run_direction(names[i]);
        decode_run_start(&run, direction, true, false);
        decode_run_feed(&run, file.bytes, file.length);
        decode_run_end(&run);
        char *streamed = strdup(run.sink.text);
        recording_sink_clear(&run.sink);
        cr_expect_eq(smini_decode_message(&run.scratch, direction, 0, file.bytes, file.length), SMIN_OK);
        cr_expect_str_eq(run.sink.text, streamed);
        free(streamed);
        compared++;
    }
    cr_expect_gt(compared, 25);
    cr_expect(decode_run_close(&run));
}
