/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole lives of the built-in inspector with every single allocation refused
 * once, and with all from each one on: no crash, no leak, the right status,
 * and as soon as there is memory again a new flow says what it always says.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smin/abi_ext.h"
#include "smin/inspector.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/hexfile.h"

enum { STEPS_MOST = 8, RULE_TEXT_ROOM = 65536 };

/* One life: what is said on one connection, and by whom. */
struct scenario {
    bool rules;
    uint32_t steps;
    struct {
        const char *vector; /* NULL: a gap of 100 bytes */
        uint32_t direction;
    } step[STEPS_MOST];
};

static const struct scenario probe_and_answer = {
    .rules = true, .steps = 3,
    .step = {{"t04_capabilities_req_v1", 0}, {"r03_capabilities_resp", 1}, {"t07_init_discovery_29", 0}}};
static const struct scenario theft = {
    .rules = true, .steps = 4,
    .step = {{"t04_capabilities_req_v1", 0}, {"r03_capabilities_resp", 1}, {"t08_backup_tlv3_siet", 0},
             {"t10_t08_pipelined", 0}}};
static const struct scenario overflow_with_losses = {
    .rules = true, .steps = 5,
    .step = {{"t07_init_discovery_216", 0}, {NULL, 0}, {"t07_init_discovery_lenmismatch", 0}, {NULL, 1},
             {"r04_status_1", 1}}};
static const struct scenario broken_tools = {
    .rules = true, .steps = 3,
    .step = {{"t03_go_siet_malformed", 0}, {"t08_go_siet_malformed", 0}, {"x_alrikrr_ascii_hex", 0}}};
static const struct scenario decode_only = {
    .rules = false, .steps = 3,
    .step = {{"t02_download_image_now", 0}, {"t05_execute", 0}, {"t03_download_config_sched", 0}}};

/* What a run noted. */
struct run {
    struct failing_alloc memory;
    const struct smin_inspector *inspector;
    struct smin_host host;
    uint64_t outputs;
    uint64_t alerts;
    uint64_t digest;
};

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct run *run = flow_user;
    const struct smin_message *message = output->message;
    (void)user;
    run->outputs++;
    run->alerts += output->alert_count;
    run->digest = run->digest * 31 + message->offset * 7 + message->id + message->field_count + message->event_count;
}

/* Rules that remember, which the shipped ones do not. */
static const char state_rules[] =
    "\nalert smin any any -> any any (flowbits:isnotset,seen; flowbits:set,seen; sid:1;)"
    "\nalert tcp any any -> any any (content:\"|00 00|\"; flowbits:isset,seen; flowbits:set,late; sid:2;)"
    "\nalert smin any any -> any any (threshold:type limit, track by_src, count 1, seconds 9; sid:3;)"
    "\nalert smin any any -> any any (detection_filter:track by_flow, count 1, seconds 9; sid:4;)"
    "\nalert smin any any -> any any (flowint:count,+,1; xbits:toggle,seen,track ip_pair; sid:5;)"
    "\nalert udp any any -> any any (content:\"|00|\"; pcre:\"/\\x00/\"; threshold:type limit, track by_flow, count 1, seconds 9; sid:6;)"
    "\nalert tcp any any -> any any (dsize:>0; content:\"|00|\"; flowbits:isset,seen; flowbits:set,packet; sid:7;)"
    "\nalert ip any any -> any any (file.data; content:\"|00|\"; pcre:\"/\\x00/\"; xbits:set,seen,track ip_src; sid:8;)"
    "\nalert udp any any -> any any (file.name; content:\"|00|\"; threshold:type limit, track by_src, count 1, seconds 9; sid:9;)\n";

static const char *rule_text(size_t *length)
{
    static char text[RULE_TEXT_ROOM];
    char path[1024];
    const char *source = getenv("SMIN_SRCDIR");
    (void)snprintf(path, sizeof(path), "%s/rules/smin.rules", source ? source : ".");
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    *length = fread(text, 1, sizeof(text) - sizeof(state_rules), file);
    cr_assert(feof(file));
    (void)fclose(file);
    memcpy(text + *length, state_rules, sizeof(state_rules) - 1);
    *length += sizeof(state_rules) - 1;
    return text;
}

static void open_run(struct run *run)
{
    memset(run, 0, sizeof(*run));
    failing_alloc_open(&run->memory);
    run->inspector = smin_inspector_builtin();
    run->host = (struct smin_host){
        .struct_size = sizeof(run->host),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = "oom",
        .user = &run->memory,
        .alloc = failing_alloc_take,
        .release = failing_alloc_give,
        .on_output = on_output,
    };
}

/* The same bytes once more, as a packet and as a datagram. */
static int32_t show_packet(struct run *run, struct smin_thread *thread, struct smin_flow *flow,
                           const struct smin_input *input)
{
    const struct smin_ext_packet *extension = run->inspector->extension(SMIN_EXT_PACKET);
    struct smin_packet packet = {.struct_size = sizeof(packet), .known = SMIN_PACKET_FLOW | SMIN_PACKET_PORTS,
                                 .direction = input->direction, .ip_version = 4, .protocol = 6,
                                 .payload = input->bytes, .payload_length = input->length,
                                 .payload_wire = (uint32_t)input->length};
    int32_t status = extension->packet(thread, flow, &packet, run);
    return status == SMIN_OK ? run->inspector->datagram(thread, flow, input).status : status;
}

/* And as a file with a name. */
static int32_t show_file(struct run *run, struct smin_thread *thread, const struct smin_flow_info *info,
                         const struct smin_input *input)
{
    const struct smin_ext_file_rules *extension = run->inspector->extension(SMIN_EXT_FILE_RULES);
    struct smin_file_head file = {.struct_size = sizeof(file), .direction = input->direction, .flow = info,
                                  .inspector = "tftp", .name = input->bytes, .name_length = input->length,
                                  .bytes = input->bytes, .length = input->length};
    return extension->judge(thread, NULL, &file, run);
}

/* SMIN_OK, or the first error. */
static int32_t talk(struct run *run, struct smin_thread *thread, const struct scenario *scenario)
{
    static struct hexfile file;
    struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = 4, .protocol = 6, .client_port = 40000,
                                  .server_port = 4786, .flags = SMIN_FLOW_ESTABLISHED};
    struct smin_flow *flow;
    uint64_t offsets[2] = {0, 0};
    run->digest = 0;
    int32_t status = run->inspector->flow_new(thread, &info, run, &flow);
    for (uint32_t i = 0; status == SMIN_OK && i <= scenario->steps + 1; i++) {
        bool last = i >= scenario->steps;
        uint32_t direction = last ? i - scenario->steps : scenario->step[i].direction;
        struct smin_input input = {.struct_size = sizeof(input), .direction = direction,
                                   .offset = offsets[direction], .flow_flags = SMIN_FLOW_ESTABLISHED};
        if (last) {
            status = run->inspector->end(thread, flow, &input).status;
        } else if (!scenario->step[i].vector) {
            input.length = 100;
            status = run->inspector->gap(thread, flow, &input).status;
        } else {
            hexfile_vector(scenario->step[i].vector, &file);
            input.bytes = file.bytes;
            input.length = file.length;
            status = run->inspector->feed(thread, flow, &input).status;
            if (status == SMIN_OK && scenario->rules)
                status = show_packet(run, thread, flow, &input);
            if (status == SMIN_OK && scenario->rules)
                status = show_file(run, thread, &info, &input);
        }
        offsets[direction] += input.length;
    }
    run->inspector->flow_free(thread, flow);
    return status;
}

/* One life; after a refusal, the same talk once more with memory to spare. */
static void live(struct run *run, const struct scenario *scenario, uint64_t expected_digest)
{
    struct smin_rule_text text = {.name = "smin.rules"};
    struct smin_config config = {.struct_size = sizeof(config)};
    struct smin_instance *instance = NULL;
    struct smin_thread *thread = NULL;
    if (scenario->rules) {
        size_t length;
        text.text = rule_text(&length);
        text.length = length;
        config.rule_text_count = 1;
        config.rule_texts = &text;
    }
    int32_t status = run->inspector->instance_new(&run->host, &config, &instance);
    cr_expect_eq(status == SMIN_OK, instance != NULL);
    if (status == SMIN_OK)
        status = run->inspector->thread_new(instance, &thread);
    if (status == SMIN_OK)
        status = talk(run, thread, scenario);
    cr_expect(status == SMIN_OK || (status == SMIN_E_NOMEM && run->memory.refused > 0), "status %d", (int)status);
    run->memory.fail_from = 0;
    if (thread && run->memory.refused > 0) {
        cr_expect_eq(talk(run, thread, scenario), SMIN_OK);
        cr_expect_eq(run->digest, expected_digest, "a flow after the refusal says something else");
    }
    run->inspector->thread_free(thread);
    run->inspector->instance_free(instance);
    cr_expect(failing_alloc_clean(&run->memory), "memory never came back");
}

static void refuse_everywhere(const struct scenario *scenario)
{
    static struct run run;
    open_run(&run);
    live(&run, scenario, 0);
    uint64_t total = run.memory.requests;
    uint64_t digest = run.digest;
    cr_assert_gt(total, 2);
    cr_assert_gt(run.outputs, 0);
    cr_expect(!scenario->rules || run.alerts > 0);
    for (int all = 0; all < 2; all++)
        for (uint64_t n = 1; n <= total; n++) {
            open_run(&run);
            if (all)
                failing_alloc_fail_from(&run.memory, n);
            else
                failing_alloc_fail_nth(&run.memory, n);
            live(&run, scenario, digest);
            cr_expect_gt(run.memory.refused, 0, "request %lu of %lu was not refused", (unsigned long)n,
                         (unsigned long)total);
        }
}

Test(oom, probe_and_answer_survive_any_refusal)
{
    refuse_everywhere(&probe_and_answer);
}

Test(oom, theft_of_a_configuration_survives_any_refusal)
{
    refuse_everywhere(&theft);
}

Test(oom, overflow_with_losses_survives_any_refusal)
{
    refuse_everywhere(&overflow_with_losses);
}

Test(oom, messages_of_broken_tools_survive_any_refusal)
{
    refuse_everywhere(&broken_tools);
}

Test(oom, decoding_without_rules_survives_any_refusal)
{
    refuse_everywhere(&decode_only);
}
