/* SPDX-License-Identifier: BSD-2-Clause */
/* Every event that no vector raises by itself: a vector with a few bytes changed. */
#include "tests/unit/decode/decode_run.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

struct change {
    const char *vector;
    size_t at;
    const char *bytes;
    size_t length;
    const char *says[3];
    const char *silent[2];
};

#define BYTES(text) text, sizeof(text) - 1

static const struct change changes[] = {
    {"t04_capabilities_req_v1", 4, BYTES("\0\0\0\x07"), {"event version_unknown at=4+4 number=7", "event probe..."}, {0}},
    {"t04_capabilities_req_v1", 8, BYTES("\0\0\0\x06"), {"event message_unknown at=0+16 number=6", "message unknown..."}, {0}},
    {"t04_capabilities_req_v1", 0, BYTES("\0\0\0\3"), {"event message_unknown..."}, {"event probe..."}},
    {"t03_download_config_sched", 40, BYTES("\0\0\0\x18"), {"event hours_invalid at=40+4 number=24"}, {0}},
    {"t03_download_config_sched", 40, BYTES("\0\0\0\x17"), {0}, {"event hours_invalid..."}},
    {"t03_download_config_sched", 32, BYTES("\0\0\0\1"), {"event reload_contradiction..."}, {0}},
    {"t03_download_config_sched", 60, BYTES("x"), {"event slot_not_empty at=48+132 number=0"}, {0}},
    {"t03_download_config_sched", 182, BYTES("\1"), {"event control_characters..."}, {0}},
    {"t03_download_config_sched", 180, BYTES("nothing at all\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
     {"event url_invalid at=180+14 number=0"}, {"event config_replacement...", "event url_missing..."}},
    {"t03_download_config_sched", 180, BYTES("\0"), {"event config_replacement at=181+31 number=0"}, {"event url_missing..."}},
    {"t02_download_image_now", 52, BYTES("flash:x.tar\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
     {"event image_replacement...", "field smin.filename \"x.tar\"..."}, {0}},
    {"t05_execute", 100, BYTES("x"), {"event slot_not_empty..."}, {0}},
    {"t08_backup_tlv2_tftpserver", 37, BYTES("\x09"), {"event tlv_unknown at=36+4 number=9", "event config_exfiltration..."}, {0}},
    {"t08_backup_tlv2_tftpserver", 19, BYTES("\x12"), {"event tlv_length_unusual at=18+2 number=18", "event config_exfiltration..."}, {0}},
    {"t08_backup_tlv2_tftpserver", 38, BYTES("\x01\x55"), {"event tlv_length_invalid...", "event config_exfiltration..."}, {0}},
    {"t08_backup_tlv2_tftpserver", 40, BYTES("reload\0"), {"event command_execution at=40+6 number=0"}, {"event config_exfiltration..."}},
    {"t08_backup_tlv2_tftpserver", 40, BYTES("copy run start\0"), {"event command_execution at=40+14 number=0"}, {0}},
    {"t08_backup_tlv2_tftpserver", 40, BYTES("copy tftp://h/a nvram:startup-config\0"),
     {"event config_replacement...", "field smin.url \"tftp://h/a\" at=45+10"}, {"event config_exfiltration..."}},
    {"t08_backup_tlv3_legitimate_shape", 35, BYTES("\1"), {"event director_backup..."}, {0}},
    {"t08_backup_tlv3_legitimate_shape", 45, BYTES("f"), {"event config_exfiltration..."}, {"event director_backup..."}},
    {"t08_backup_tlv3_legitimate_shape", 39, BYTES("\xf3"), {"event tlv_length_unusual..."}, {"event director_backup..."}},
    {"r09_backup_resp", 91, BYTES("\2"), {"field smin.status 2..."}, {"event backup_confirmed..."}},
    {"t07_init_discovery_28", 19, BYTES("\5"), {"event discovery_item_unknown at=16+4 number=5"}, {"event discovery_length..."}},
};

Test(event, a_changed_byte_raises_what_it_should)
{
    struct decode_run run;
    static struct hexfile file;
    decode_run_open(&run, NULL);
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        const struct change *change = &changes[i];
        hexfile_vector(change->vector, &file);
        memcpy(file.bytes + change->at, change->bytes, change->length);
        decode_run_start(&run, decode_run_direction(change->vector), true, false);
        decode_run_feed(&run, file.bytes, file.length);
        decode_run_end(&run);
        for (size_t k = 0; k < 3 && change->says[k]; k++)
            cr_expect(decode_run_says(&run, change->says[k]), "change %zu lacks %s:\n%s", i, change->says[k],
                      run.sink.text);
        for (size_t k = 0; k < 2 && change->silent[k]; k++)
            cr_expect(!decode_run_says(&run, change->silent[k]), "change %zu has %s", i, change->silent[k]);
    }
    cr_expect(decode_run_close(&run));
}

Test(event, a_slot_without_an_end_is_said_and_judged)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("t08_backup_tlv2_tftpserver", &file);
    memset(file.bytes + 82, ' ', 376 - 82);
    decode_run_open(&run, NULL);
    decode_run_feed(&run, file.bytes, file.length);
    cr_expect(decode_run_says(&run, "event command_unterminated at=40+336 number=0"));
    cr_expect(decode_run_says(&run, "event config_exfiltration..."));
    cr_expect(decode_run_close(&run));
}

Test(event, the_wrong_side_is_noticed_unless_the_sides_are_a_guess)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("r04_status_1", &file);
    decode_run_open(&run, NULL);
    decode_run_start(&run, SMIN_TO_SERVER, true, false);
    decode_run_feed(&run, file.bytes, file.length);
    cr_expect(decode_run_says(&run, "event role_unexpected at=0+4 number=4"));
    decode_run_start(&run, SMIN_TO_SERVER, true, true);
    decode_run_feed(&run, file.bytes, file.length);
    cr_expect(decode_run_says(&run, "event client_active..."));
    cr_expect(!decode_run_says(&run, "event role_unexpected..."));
    cr_expect(decode_run_close(&run));
}

Test(event, an_end_inside_a_message_is_judged_by_what_arrived)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("t05_execute", &file);
    decode_run_open(&run, NULL);
    decode_run_feed(&run, file.bytes, 430); /* inside the URL */
    decode_run_end(&run);
    cr_expect(decode_run_says(&run, "event length_overstated at=12+4 number=114"));
    cr_expect(decode_run_says(&run, "field smin.url \"tftp://198.51.100.\" at=412+18 cut"));
    cr_expect(decode_run_says(&run, "event command_execution..."));
    decode_run_start(&run, SMIN_TO_SERVER, true, false);
    decode_run_feed(&run, file.bytes, 300); /* before it: no URL, and none that is missing */
    decode_run_end(&run);
    cr_expect(!decode_run_says(&run, "event url_missing..."));
    cr_expect(!decode_run_says(&run, "event command_execution..."));
    cr_expect(decode_run_close(&run));
}

static void add_one(void *user, const struct smin_message *message)
{
    struct decode_run *run = user;
    uint32_t before = message->event_count;
    cr_expect(smini_decode_scratch_add_event(&run->scratch, SMINI_EVENT_URL_HOST_FOREIGN, 7, 1, 0));
    cr_expect_eq(message->event_count, before + 1, "the message in hand shows it");
    cr_expect(!smini_decode_scratch_add_event(&run->scratch, SMINI_EVENT_URL_HOST_FOREIGN, 7, 1, 0), "only once");
    recording_sink_deliver(&run->sink, message);
}

Test(event, a_caller_can_add_what_it_knows)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("t05_execute", &file);
    decode_run_open(&run, NULL);
    smini_decode_scratch_target(&run.scratch, add_one, &run);
    decode_run_feed(&run, file.bytes, file.length);
    cr_expect(decode_run_says(&run, "event url_host_foreign at=7+1 number=0"));
    cr_expect(decode_run_close(&run));
}

Test(event, a_tool_stands_where_its_constant_does)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("t03_test2016_random_file", &file);
    memcpy(file.bytes + 60, file.bytes + 180, 40);
    decode_run_open(&run, NULL);
    decode_run_feed(&run, file.bytes, 150); /* ends before the slot where the name usually is */
    decode_run_end(&run);
    cr_expect(decode_run_says(&run, "field smin.tool \"SIET test mode of 2016\" at=80+0"));
    cr_expect(decode_run_says(&run, "event tool_fingerprint at=80+11 number=0"));
    cr_expect(decode_run_close(&run));
}

Test(event, a_role_that_does_not_exist_is_told_when_all_else_is_a_known_message)
{
    struct decode_run run;
    uint8_t bytes[24] = {0};
    decode_run_open(&run, NULL);
    for (uint32_t from = 0; from <= 300; from++) {
        decode_run_header(bytes, from, 1, 4, 8);
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
        decode_run_feed(&run, bytes, sizeof(bytes));
        decode_run_end(&run);
        bool strange = from >= 5 && from <= 255;
        bool documented_nowhere = from == 2 || from == 3; /* roles that exist, with a type they are not known to send */
        cr_expect_eq(run.sink.delivered > 0, strange || documented_nowhere || from == 1 || from == 4, "role %u", from);
        decode_run_header(bytes, from, 1, 4, 9);
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
        decode_run_feed(&run, bytes, sizeof(bytes));
        decode_run_end(&run);
        cr_expect(!strange || run.sink.delivered == 0, "role %u with a length of its own", from);
    }
    cr_expect(decode_run_close(&run));
}

Test(event, bytes_that_end_inside_the_first_header_are_told_once_they_can_be_nothing_else)
{
    struct decode_run run;
    uint8_t bytes[16];
    decode_run_open(&run, NULL);
    decode_run_header(bytes, 1, 1, 8, 1032);
    for (size_t length = 1; length < sizeof(bytes); length++) {
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
        decode_run_feed(&run, bytes, length);
        decode_run_end(&run);
        cr_expect_eq(run.sink.length > 0, length >= 12, "%zu bytes", length);
    }
    cr_expect(decode_run_says(&run, "event header_cut at=0+15 number=15"));
    decode_run_start(&run, SMIN_TO_SERVER, true, false);
    decode_run_feed(&run, "GET / HTTP/1.1\r", 15);
    decode_run_end(&run);
    cr_expect_eq(run.sink.length, 0);
    cr_expect(decode_run_close(&run));
}

Test(event, a_message_in_the_surplus_of_another_is_told_where_it_begins)
{
    struct decode_run run;
    uint8_t bytes[16 + 400];
    for (uint32_t at = 8; at <= 400 - 16; at += 47) {
        memset(bytes, 0, sizeof(bytes));
        decode_run_header(bytes, 1, 1, 4, 400);
        decode_run_header(bytes + 16 + at, 1, 1, 8, 1032);
        decode_run_open(&run, NULL);
        decode_run_feed(&run, bytes, sizeof(bytes));
        char line[64];
        (void)snprintf(line, sizeof(line), "event message_inside at=%u+16 number=0", 16 + at);
        cr_expect(decode_run_says(&run, line), "%s", line);
        cr_expect(decode_run_close(&run));
    }
    decode_run_open(&run, NULL);
    memset(bytes, 0, sizeof(bytes));
    decode_run_header(bytes, 1, 1, 4, 400);
    decode_run_feed(&run, bytes, sizeof(bytes));
    cr_expect_null(strstr(run.sink.text, "message_inside"), "zeros are no message");
    cr_expect(decode_run_close(&run));
}
