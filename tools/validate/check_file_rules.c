/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.file_rules/1: files of any length, with and without a name, whole and cut. */
#include "smin/abi_ext.h"

#include <stddef.h>
#include <string.h>

#include "check.h"

static const struct smin_flow_info ends = {.struct_size = sizeof(ends), .ip_version = 4, .protocol = 17,
                                           .client_port = 40000, .server_port = 69,
                                           .client_address = {192, 0, 2, 10}, .server_address = {198, 51, 100, 7}};

static struct smin_file_head head_of(const uint8_t *bytes, size_t length)
{
    return (struct smin_file_head){.struct_size = sizeof(struct smin_file_head), .packet_number = 1, .flow = &ends,
                                   .inspector = "tftp", .bytes = bytes, .length = length};
}

static int32_t give(struct bench *bench, const struct smin_ext_file_rules *table, const struct smin_file_head *file,
                    struct flow_side *flow)
{
    flow_side_open(flow, &bench->host);
    flow->whole_message = true;
    flow->in_call = true;
    flow->position[file->direction & 1] = file->length;
    flow->input = (struct smin_input){.struct_size = sizeof(flow->input), .direction = file->direction,
                                      .length = file->length, .bytes = file->bytes};
    return table->judge(bench->thread, NULL, file, flow);
}

static void try_sample(struct bench *bench, const struct smin_ext_file_rules *table, const struct sample *sample,
                       char *why)
{
    struct flow_side flow;
    for (uint32_t i = 0; i < 8; i++) {
        struct smin_file_head file = head_of(guarded_put(&bench->room, sample->bytes, sample->length), sample->length);
        file.direction = i & 1;
        file.flags = i & 2 ? SMIN_FILE_HEAD_MORE | SMIN_FILE_HEAD_NAME_MORE : 0;
        file.name = i & 4 ? file.bytes : NULL;
        file.name_length = i & 4 ? file.length : 0;
        int32_t status = give(bench, table, &file, &flow);
        guarded_spoil(&bench->room, sample->length);
        if (status != SMIN_OK && status != SMIN_E_LIMIT && !(status == SMIN_MORE && file.flags))
            say_why(why, "\"%s\" as a file: status %d", sample->name, (int)status);
    }
}

/* A caller may know less; what its struct does not hold must not be read. */
static void try_sizes(struct bench *bench, const struct smin_ext_file_rules *table, char *why)
{
    struct guarded room;
    struct flow_side flow;
    if (guarded_open(&room, sizeof(struct smin_file_head)) != 0) {
        say_why(why, "no memory for the check itself");
        return;
    }
    for (size_t size = sizeof(uint64_t); size < sizeof(struct smin_file_head); size += sizeof(uint64_t)) {
        struct smin_file_head file = head_of(NULL, 0);
        file.struct_size = (uint32_t)size;
        flow_side_open(&flow, &bench->host);
        flow.quiet = true;
        int32_t status = table->judge(bench->thread, NULL, (const void *)guarded_put(&room, &file, size), &flow);
        if (status != SMIN_E_MISUSE)
            say_why(why, "a file of size %zu gave status %d", size, (int)status);
    }
    guarded_close(&room);
}

void check_file_rules(const struct subject *subject, char *why)
{
    const struct smin_ext_file_rules *table = subject->inspector->extension(SMIN_EXT_FILE_RULES);
    uint64_t bytes = 1, again = 2;
    struct bench bench;
    if (!table || !begin_bench(&bench, subject, why))
        return;
    int32_t status = table->wanted(bench.instance, &bytes);
    if ((status != SMIN_OK && status != SMIN_E_NOT_FOUND) || table->wanted(bench.instance, &again) != status ||
        again != bytes)
        say_why(why, "it wants %llu bytes, and the second time %llu", (unsigned long long)bytes,
                (unsigned long long)again);
    for (size_t i = 0; i < subject->samples->count; i++)
        try_sample(&bench, table, &subject->samples->list[i], why);
    try_sizes(&bench, table, why);
    if (table->judge(bench.thread, NULL, NULL, NULL) != SMIN_E_MISUSE)
        say_why(why, "no file at all is not SMIN_E_MISUSE");
    finish_bench(&bench, why);
}
