/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/report/page_build.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/address.h"
#include "base/sha256.h"

enum { INCIDENTS_MAX = 600, DEVICES_MAX = 600, FILES_MAX = 600, INPUTS_MAX = 8, LIST_MAX = 48 };

/* Blocks in a chain, all freed at once. */
static void **blocks;
static size_t block_count;

static void *keep(size_t size)
{
    void **more = realloc(blocks, (block_count + 1) * sizeof(*blocks));
    void *block = calloc(1, size ? size : 1);
    if (!more || !block)
        abort();
    blocks = more;
    blocks[block_count++] = block;
    return block;
}

void page_build_reset(struct page_builder *builder)
{
    for (size_t i = 0; i < block_count; i++)
        free(blocks[i]);
    free(blocks);
    blocks = NULL;
    block_count = 0;
    if (!builder)
        return;
    memset(builder, 0, sizeof(*builder));
    builder->now_ns = 1767322800000000000U; /* 2026-01-02 03:00:00 */
    builder->packet = 1;
    builder->page.tool = "smin-replay 0.1.0";
    builder->page.rules_digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    builder->page.rule_count = 62;
    builder->page.incidents = keep(INCIDENTS_MAX * sizeof(struct smini_page_incident));
    builder->page.devices = keep(DEVICES_MAX * sizeof(struct smini_device *));
    builder->page.files = keep(FILES_MAX * sizeof(struct smini_page_file));
    builder->page.inputs = keep(INPUTS_MAX * sizeof(struct smini_page_input));
}

struct smini_span page_span(const char *text)
{
    size_t length = strlen(text);
    return smini_span_make(memcpy(keep(length), text, length), length);
}

static char *copy(const char *text)
{
    return strcpy(keep(strlen(text) + 1), text);
}

struct smini_incident_address page_address(const char *text)
{
    struct smini_incident_address address = {0};
    address.version = smini_address_read(smini_span_text(text), address.bytes);
    if (!address.version)
        abort();
    return address;
}

static void add_text(struct smini_text_list *list, struct smini_span text)
{
    if (!list->items)
        list->items = keep(LIST_MAX * sizeof(*list->items));
    list->total++;
    if (list->count < LIST_MAX)
        list->items[list->count++] = text;
}

static uint32_t severity_of(enum smini_verdict verdict, enum smini_outcome outcome)
{
    if (verdict >= SMINI_VERDICT_COMMAND_EXECUTION || (verdict >= SMINI_VERDICT_CONFIG_EXFILTRATION && outcome == SMINI_OUTCOME_SUCCEEDED))
        return SMIN_SEVERITY_CRITICAL;
    return verdict >= SMINI_VERDICT_CONFIG_EXFILTRATION ? SMIN_SEVERITY_HIGH
           : verdict == SMINI_VERDICT_MALFORMED         ? SMIN_SEVERITY_MEDIUM
           : verdict == SMINI_VERDICT_PROBE             ? SMIN_SEVERITY_LOW
                                                        : SMIN_SEVERITY_INFO;
}

struct smini_incident *page_add_incident(struct page_builder *builder, const char *actor, const char *device,
                                         enum smini_verdict verdict, enum smini_outcome outcome)
{
    struct smini_incident *incident = keep(sizeof(*incident));
    struct smini_page_incident *told = (struct smini_page_incident *)(uintptr_t)&builder->page.incidents[builder->page.incident_count];
    char slice[64];
    builder->page.incident_count++;
    snprintf(slice, sizeof(slice), "incident-%02u/slice.pcapng", builder->page.incident_count);
    snprintf(incident->id, sizeof(incident->id), "%016x", builder->page.incident_count * 2654435761U);
    told->incident = incident;
    told->slice = copy(slice);
    incident->verdict = verdict;
    incident->outcome = outcome;
    incident->severity = severity_of(verdict, outcome);
    incident->port = 4786;
    incident->actor = page_address(actor);
    incident->device = page_address(device);
    incident->first_ns = incident->last_ns = builder->now_ns;
    incident->techniques[0] = verdict == SMINI_VERDICT_PROBE ? "T1046" : "T1190";
    if (verdict == SMINI_VERDICT_CONFIG_EXFILTRATION)
        incident->techniques[1] = "T1602.002";
    if (verdict == SMINI_VERDICT_COMMAND_EXECUTION)
        incident->techniques[1] = "T1059.008";
    if (verdict == SMINI_VERDICT_OVERFLOW_ATTEMPT)
        incident->cve = "CVE-2018-0171";
    incident->messages = keep(LIST_MAX * sizeof(*incident->messages));
    incident->files = keep(LIST_MAX * sizeof(*incident->files));
    return incident;
}

void page_add_message(struct page_builder *builder, struct smini_incident *incident, const char *name, bool from_device)
{
    if (++incident->message_total > LIST_MAX)
        return;
    struct smini_incident_reference *message = &incident->messages[incident->message_count++];
    message->capture = "edge.pcap";
    message->name = name;
    message->packet = builder->packet;
    message->time_ns = incident->last_ns = builder->now_ns;
    message->from_device = from_device;
    message->client = incident->actor;
    message->server = incident->device;
    message->to_server = !from_device;
    builder->packet += 3;
    builder->now_ns += 40000000U;
}

void page_add_asked(struct smini_incident *incident, struct smini_span text)
{
    add_text(&incident->commanded, text);
}

void page_add_reason(struct smini_incident *incident, struct smini_span text)
{
    add_text(&incident->reasons, text);
}

struct smini_page_file *page_add_file(struct page_builder *builder, struct smini_incident *incident, struct smini_span name,
                                      const char *type, bool to_device, uint8_t state, struct smini_span contents)
{
    struct smini_page_file *kept = (struct smini_page_file *)(uintptr_t)&builder->page.files[builder->page.file_count++];
    struct smini_sha256 sha;
    char hex[65], path[96];
    smini_sha256_init(&sha);
    smini_sha256_add(&sha, contents.bytes, contents.length);
    smini_sha256_end(&sha, kept->sha256);
    for (int i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", kept->sha256[i]);
    snprintf(path, sizeof(path), "files/%.2s/%s", hex, hex);
    kept->name = name;
    kept->type = page_span(type);
    kept->protocol = page_span("tftp");
    kept->client = incident->device;
    kept->server = incident->actor;
    kept->to_server = !to_device;
    kept->has_digest = state != SMINI_TRANSFER_REFUSED;
    kept->state = state;
    memset(kept->md5, 0x5a, sizeof(kept->md5));
    kept->size = contents.length;
    kept->capture = "edge.pcap";
    kept->packet = builder->packet;
    kept->time_ns = builder->now_ns;
    kept->path = kept->has_digest ? copy(path) : NULL;
    kept->contents = contents;
    if (++incident->file_total <= LIST_MAX) {
        struct smini_incident_file *file = &incident->files[incident->file_count++];
        *file = (struct smini_incident_file){.name = name, .protocol = kept->protocol, .type = kept->type, .capture = kept->capture,
                                             .packet = kept->packet, .time_ns = builder->now_ns,
                                             .end_ns = builder->now_ns + 1500000000U, .size = kept->size, .peer = incident->actor,
                                             .state = state, .to_device = to_device, .has_digest = kept->has_digest};
        memcpy(file->sha256, kept->sha256, sizeof(file->sha256));
        memcpy(file->md5, kept->md5, sizeof(file->md5));
    }
    builder->packet += 12;
    builder->now_ns += 2000000000U;
    incident->last_ns = builder->now_ns;
    return kept;
}

struct smini_device *page_add_device(struct page_builder *builder, const char *address, enum smini_device_state state,
                                     const char *evidence)
{
    struct smini_device *device = keep(sizeof(*device));
    ((const struct smini_device **)(uintptr_t)builder->page.devices)[builder->page.device_count++] = device;
    device->address = page_address(address);
    device->port = 4786;
    device->role = state == SMINI_STATE_ENABLED ? SMINI_ROLE_CLIENT : SMINI_ROLE_UNKNOWN;
    device->state = state;
    if (evidence)
        add_text(&device->evidence, page_span(evidence));
    return device;
}

struct smini_page_input *page_add_input(struct page_builder *builder, const char *name)
{
    struct smini_page_input *input = (struct smini_page_input *)(uintptr_t)&builder->page.inputs[builder->page.input_count++];
    input->name = copy(name);
    input->has_digest = true;
    memset(input->sha256, 0x3c, sizeof(input->sha256));
    return input;
}

static int device_order(const void *one, const void *other)
{
    const struct smini_device *a = *(const struct smini_device *const *)one, *b = *(const struct smini_device *const *)other;
    if (a->address.version != b->address.version)
        return a->address.version < b->address.version ? -1 : 1;
    return memcmp(a->address.bytes, b->address.bytes, sizeof(a->address.bytes));
}

const struct smini_page *page_build_finish(struct page_builder *builder)
{
    struct smini_page *page = &builder->page;
    qsort((void *)(uintptr_t)page->devices, page->device_count, sizeof(*page->devices), device_order);
    page->packets = builder->packet;
    page->first_ns = 1767322800000000000U;
    page->last_ns = builder->now_ns;
    for (uint32_t i = 0; i < page->input_count; i++) {
        struct smini_page_input *input = (struct smini_page_input *)(uintptr_t)&page->inputs[i];
        input->packets = page->packets / page->input_count;
        input->bytes = input->packets * 211;
        input->first_ns = page->first_ns;
        input->last_ns = page->last_ns;
    }
    return page;
}
