/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of checks, in the order of the report. */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>

const struct check file_checks[] = {
    {"the file offers exactly one symbol, the entry", check_one_symbol},
    {"the file is accepted", check_accepted},
    {"asking for the entry twice gives the same", check_entry_same},
};
const size_t file_check_count = sizeof(file_checks) / sizeof(file_checks[0]);

const struct check inspector_checks[] = {
    {"what is made is given back, with its size", check_balance},
    {"freeing NULL is fine", check_free_null},
    {"an unknown setting is not found, and nothing is made", check_unknown_setting},
    {"a host of another major or without what is required is refused", check_host_versions},
    {"nothing behind the size of the host's table is read", check_host_sizes},
    {"a configuration of the wrong size or with an unknown tail is misuse", check_config_sizes},
    {"a flow description of the wrong size or with an unknown tail is misuse", check_flow_info_sizes},
    {"two instances do not disturb each other", check_two_instances},
    {"every output is within its tables, its message and the stream", check_outputs},
    {"fed byte by byte it says the same", check_byte_by_byte},
    {"fed in two pieces, cut anywhere, it says the same", check_every_split},
    {"gaps of any length anywhere do no harm", check_gaps},
    {"probe answers within 16 bytes, twice the same, and remembers nothing", check_probe},
    {"datagrams do no harm", check_datagram},
    {"two flows of a thread do not disturb each other", check_flows_apart},
    {"several threads share an instance", check_threads},
    {"input out of contract is misuse, and delivers nothing", check_input_misuse},
    {"after the end of a direction nothing is delivered", check_after_end},
    {"calling back in from a callback is misuse", check_reentry},
    {"any one allocation may fail", check_alloc_once},
    {"all allocations from any one on may fail", check_alloc_from},
    {"unknown extensions are NULL", check_extension_unknown},
    {"known extensions are whole and stay the same", check_extension_tables},
    {"smin.frame/1 answers every beginning", check_frame},
    {"smin.message/1 decodes without a flow", check_message},
    {"smin.rules/1 lists what it counts", check_rules},
    {"smin.stats/1 writes within the caller's size", check_stats},
    {"smin.packet/1 judges packets of every kind", check_packet},
    {"smin.file_rules/1 judges files of any length", check_file_rules},
    {"smin.detect/1 and probe speak of the same streams", check_detect},
    {"transfers are announced, followed and told as agreed", check_expected},
    {"its tables do not change while it works", check_tables_constant},
};
const size_t inspector_check_count = sizeof(inspector_checks) / sizeof(inspector_checks[0]);

void say_why(char *why, const char *format, ...)
{
    va_list arguments;
    if (why[0] != '\0')
        return;
    va_start(arguments, format);
    (void)vsnprintf(why, FAULT_BYTES, format, arguments);
    va_end(arguments);
}

bool begin_bench(struct bench *bench, const struct subject *subject, char *why)
{
    if (bench_open(bench, subject->inspector, subject->samples) != 0) {
        say_why(why, "no memory for the check itself");
        return false;
    }
    int32_t status = bench_start(bench);
    if (status == SMIN_OK)
        return true;
    say_why(why, "instance_new or thread_new gave status %d (%s) without any setting", (int)status,
            smin_status_text(status));
    finish_bench(bench, why);
    return false;
}

void finish_bench(struct bench *bench, char *why)
{
    bench_close(bench);
    (void)host_side_balanced(&bench->host);
    if (bench->host.fault[0] != '\0')
        say_why(why, "%s", bench->host.fault);
}
