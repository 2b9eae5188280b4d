/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.expect/1 and smin.expected/1: what is announced comes back as a flow, with its context or a wrong one. */
#include <stddef.h>
#include <string.h>

#include "check.h"
#include "host_lent.h"

enum { PROTOCOL_UDP = 17 };

static struct smin_flow_info info_of(uint16_t client_port, uint16_t server_port)
{
    struct smin_flow_info info = drive_info();
    info.protocol = PROTOCOL_UDP;
    info.client_port = client_port;
    info.server_port = server_port;
    return info;
}

static int32_t open_flow(struct bench *bench, struct flow_side *flow, const struct smin_expected *expected)
{
    struct smin_flow_info info = info_of(40000, expected ? 50000 : 69);
    const struct smin_ext_expected *table = bench->host.inspector->extension(SMIN_EXT_EXPECTED);
    flow_side_open(flow, &bench->host);
    flow->thread = bench->thread;
    int32_t status = expected ? table->flow_new(bench->thread, &info, expected, flow, &flow->flow)
                              : bench->host.inspector->flow_new(bench->thread, &info, flow, &flow->flow);
    if ((status == SMIN_OK) != (flow->flow != NULL))
        host_side_fault(&bench->host, "a flow that was expected: status %d and %s", (int)status,
                        flow->flow ? "a flow" : "no flow");
    return status;
}

/* Every sample as a datagram of either direction. */
static void send_all(struct bench *bench, struct flow_side *flow)
{
    if (!bench->host.inspector->datagram)
        return;
    for (size_t i = 0; i < bench->samples->count; i++)
        for (uint32_t direction = 0; direction < SMIN_EITHER; direction++)
            (void)drive_datagram(bench, flow, direction, &bench->samples->list[i]);
}

static void close_flow(struct bench *bench, struct flow_side *flow)
{
    (void)drive_end(bench, flow, SMIN_TO_CLIENT);
    (void)drive_end(bench, flow, SMIN_TO_SERVER);
    drive_close(bench, flow);
}

/* The flow of an announcement, while the flow that made it lives (`first`), or when it is gone. */
static void follow(struct bench *bench, const struct smin_expectation *announced, uint32_t context_length)
{
    struct flow_side flow;
    uint8_t context[SMIN_EXPECT_CONTEXT_BYTES];
    memcpy(context, announced->context, sizeof(context));
    struct smin_expected expected = {
        .struct_size = sizeof(expected), .context_length = context_length, .context = context};
    if (open_flow(bench, &flow, &expected) != SMIN_OK)
        return;
    memset(context, 0xdd, sizeof(context)); /* borrowed for the call only */
    send_all(bench, &flow);
    close_flow(bench, &flow);
}

static void try_misuse(struct bench *bench, char *why)
{
    struct flow_side flow;
    struct smin_expected expected = {.struct_size = offsetof(struct smin_expected, context)};
    if (open_flow(bench, &flow, &expected) != SMIN_E_MISUSE)
        say_why(why, "an expected flow without a whole description is not SMIN_E_MISUSE");
    expected.struct_size = sizeof(expected);
    expected.context_length = 4;
    if (open_flow(bench, &flow, &expected) != SMIN_E_MISUSE)
        say_why(why, "a context at NULL is not SMIN_E_MISUSE");
}

void check_expected(const struct subject *subject, char *why)
{
    const struct smin_ext_expected *table = subject->inspector->extension(SMIN_EXT_EXPECTED);
    struct bench bench;
    struct flow_side flow;
    if (!begin_bench(&bench, subject, why))
        return;
    if (table)
        try_misuse(&bench, why);
    for (size_t i = 0; i < subject->samples->count && why[0] == '\0'; i++) {
        if (open_flow(&bench, &flow, NULL) != SMIN_OK)
            break;
        if (bench.host.inspector->datagram)
            (void)drive_datagram(&bench, &flow, SMIN_TO_SERVER, &subject->samples->list[i]);
        struct smin_expectation announced = flow.expected;
        bool own = flow.expectations > 0 && !announced.inspector;
        for (uint32_t length = 0; own && table && length <= announced.context_length; length++)
            follow(&bench, &announced, length);
        send_all(&bench, &flow);
        close_flow(&bench, &flow);
        if (own && table) /* its maker is gone */
            follow(&bench, &announced, announced.context_length);
    }
    finish_bench(&bench, why);
}
