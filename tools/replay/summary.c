/* SPDX-License-Identifier: BSD-2-Clause */
/* What was found, for people: plain text, safe for a terminal whatever the network sent. */
#include <inttypes.h>

#include "base/address.h"
#include "tool.h"

struct page {
    FILE *out;
    bool color;
};

/* What a page for people takes; the records hold everything. */
enum { TEXT_COLUMNS_MAX = 200, ASKED_LINES_MAX = 6, REASON_LINES_MAX = 8, EVIDENCE_LINES_MAX = 4 };

/* Printable ASCII as it is; every other byte as \xHH, so that nothing can steer a terminal. */
static size_t print_byte(FILE *out, uint8_t byte)
{
    bool plain = byte >= 0x20 && byte < 0x7f && byte != '\\';
    if (out && plain)
        fputc(byte, out);
    else if (out && byte == '\\')
        fputs("\\\\", out);
    else if (out)
        fprintf(out, "\\x%02x", byte);
    return plain ? 1 : byte == '\\' ? 2 : 4;
}

/* How many bytes from one end of the text fit into half of the columns. */
static size_t bytes_that_fit(struct smini_span text, bool from_end)
{
    size_t columns = 0, count = 0;
    while (count < text.length) {
        columns += print_byte(NULL, text.bytes[from_end ? text.length - 1 - count : count]);
        if (columns > TEXT_COLUMNS_MAX / 2)
            break;
        count++;
    }
    return count;
}

/* A long text loses its middle: what it is stands at its beginning, and where it was seen at its end. */
static void print_text(FILE *out, struct smini_span text)
{
    size_t head = bytes_that_fit(text, false), tail = bytes_that_fit(text, true);
    size_t left_out = text.length > head + tail ? text.length - head - tail : 0;
    for (size_t i = 0; i < text.length; i++) {
        if (left_out && i == head) {
            fprintf(out, "[... %zu bytes ...]", left_out);
            i += left_out;
        }
        (void)print_byte(out, text.bytes[i]);
    }
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_heading(const struct page *page, const char *text, uint64_t count)
{
    fprintf(page->out, "\n%s%s (%" PRIu64 ")%s\n", page->color ? "\033[1m" : "", text, count,
            page->color ? "\033[0m" : "");
}

static void print_address(FILE *out, const struct smini_incident_address *address, uint16_t port)
{
    char text[46];
    smini_address_text(address->version, address->bytes, text);
    if (port)
        fprintf(out, address->version == 6 ? "[%s]:%u" : "%s:%u", text, port);
    else
        fputs(text, out);
}

/* 2026-01-02 03:04:05 UTC, from the records' own form. */
static int keep_time(void *user, const uint8_t *bytes, size_t length)
{
    char *text = user;
    memcpy(text + strlen(text), bytes, length);
    return 0;
}

static void print_time(FILE *out, uint64_t time_ns)
{
    char text[48] = "";
    uint8_t buffer[48];
    struct smini_json json = {.bytes = buffer, .capacity = sizeof(buffer), .second = UINT64_MAX,
                              .output = {.write = keep_time, .user = text}};
    smini_json_time(&json, time_ns);
    smini_json_flush(&json);
    fprintf(out, "%.10s %.8s UTC", text + 1, text + 12);
}

static void print_list(const struct page *page, const char *lead, const struct smini_text_list *texts, uint32_t most)
{
    uint32_t shown = texts->count < most ? texts->count : most;
    for (uint32_t i = 0; i < shown; i++) {
        fputs(lead, page->out);
        print_text(page->out, texts->items[i]);
        fputc('\n', page->out);
    }
    if (texts->total > shown)
        fprintf(page->out, "%sand %" PRIu64 " more\n", lead, texts->total - shown);
}

static void print_device(const struct page *page, const struct smini_device *device)
{
    static const char *const states[] = {"state unknown", "Smart Install enabled", "port closed"};
    fputs("  ", page->out);
    print_address(page->out, &device->address, device->port);
    if (device->role == SMINI_ROLE_UNKNOWN)
        fprintf(page->out, "  %s\n", states[device->state]);
    else
        fprintf(page->out, "  %s, %s\n", smini_incident_role_text(device->role), states[device->state]);
    print_list(page, "      ", &device->evidence, EVIDENCE_LINES_MAX);
}

static const char *severity_color(uint32_t severity)
{
    static const char *const colors[] = {"\033[2m", "\033[36m", "\033[33m", "\033[31m", "\033[1;31m"};
    return colors[severity <= SMIN_SEVERITY_CRITICAL ? severity : SMIN_SEVERITY_CRITICAL];
}

/* Name, size and the beginning of the digest: enough to find it under files/ and to compare it by eye. */
static void print_files(const struct page *page, const struct smini_incident *incident)
{
    enum { FILE_LINES_MAX = 6, DIGEST_BYTES_SHOWN = 8 };
    uint32_t shown = incident->file_count < FILE_LINES_MAX ? incident->file_count : FILE_LINES_MAX;
    for (uint32_t i = 0; i < shown; i++) {
        const struct smini_incident_file *file = &incident->files[i];
        fputs("            moved      ", page->out);
        print_text(page->out, file->name);
        fprintf(page->out, ", %" PRIu64 " byte%s", file->size, plural(file->size));
        if (file->state == SMINI_TRANSFER_TRUNCATED || file->gap_bytes)
            fputs(", incomplete", page->out);
        if (file->has_digest)
            fputs(", sha256 ", page->out);
        for (int b = 0; file->has_digest && b < DIGEST_BYTES_SHOWN; b++)
            fprintf(page->out, "%02x", file->sha256[b]);
        fputs(file->has_digest ? "...\n" : "\n", page->out);
    }
    if (incident->file_total > shown)
        fprintf(page->out, "            moved      and %" PRIu64 " more\n", incident->file_total - shown);
}

static void print_incident(const struct page *page, const struct smini_incident *incident)
{
    fprintf(page->out, "  %s%-8s%s  %s, %s\n", page->color ? severity_color(incident->severity) : "",
            smini_incident_severity_text(incident->severity), page->color ? "\033[0m" : "",
            smini_incident_verdict_text(incident->verdict), smini_incident_outcome_text(incident->outcome));
    fputs("            ", page->out);
    print_address(page->out, &incident->actor, 0);
    fputs(" -> ", page->out);
    print_address(page->out, &incident->device, incident->port);
    fprintf(page->out, "   authorised: %s\n            ", smini_incident_trust_text(incident->authorised));
    print_time(page->out, incident->first_ns);
    fprintf(page->out, "   id %s", incident->id);
    for (int i = 0; i < SMINI_INCIDENT_TECHNIQUES_MAX && incident->techniques[i]; i++)
        fprintf(page->out, "%s%s", i ? " " : "   ", incident->techniques[i]);
    fprintf(page->out, "%s%s\n", incident->cve ? "   " : "", incident->cve ? incident->cve : "");
    print_list(page, "            asked for  ", &incident->commanded, ASKED_LINES_MAX);
    print_files(page, incident);
    print_list(page, "            because    ", &incident->reasons, REASON_LINES_MAX);
}

static void print_alerts(const struct page *page, const struct smini_tally *tally)
{
    if (tally->alerts == 0)
        return;
    print_heading(page, "Alerts", tally->alerts);
    for (uint32_t i = 0; i < tally->rule_count; i++) {
        fprintf(page->out, "  %8" PRIu64 "  %u  ", tally->rules[i].count, tally->rules[i].rule->sid);
        print_text(page->out, smini_span_text(tally->rules[i].rule->msg));
        fputc('\n', page->out);
    }
}

void smini_report_notes(FILE *out, const struct smini_tally *tally)
{
    for (uint32_t i = 0; i < tally->note_count; i++) {
        fputs("  ", out);
        print_text(out, smini_span_text(tally->notes[i]));
        fputc('\n', out);
    }
    if (tally->note_total > tally->note_count)
        fprintf(out, "  and %" PRIu64 " more\n", tally->note_total - tally->note_count);
}

static void print_incomplete(const struct page *page, const struct smini_batch_result *result)
{
    const struct smini_tally *tally = &result->tally;
    uint64_t left_out = smini_incident_left_out(result->incidents);
    if (tally->lost == 0 && !result->interrupted && left_out == 0)
        return;
    print_heading(page, "Incomplete", tally->lost + (result->interrupted ? 1 : 0) + (left_out ? 1 : 0));
    smini_report_notes(page->out, tally);
    if (result->interrupted)
        fputs("  interrupted before everything was read\n", page->out);
    if (left_out)
        fprintf(page->out, "  %" PRIu64 " facts of incidents were counted but not listed: an incident lists 64 of a kind\n", left_out);
}

static void print_limits(const struct page *page, const struct smini_tally *tally)
{
    if (tally->files_unstored)
        fprintf(page->out, "\n%" PRIu64 " file%s that moved %s not stored: see file_store in the records, and --store-limit.\n",
                tally->files_unstored, plural(tally->files_unstored), tally->files_unstored == 1 ? "was" : "were");
    if (tally->files_unsearched)
        fprintf(page->out, "\n%" PRIu64 " file%s that moved %s not searched by rules to the end: see --file-rules-limit.\n",
                tally->files_unsearched, plural(tally->files_unsearched), tally->files_unsearched == 1 ? "was" : "were");
}

static uint64_t count_incidents(const struct smini_incident_set *set)
{
    uint32_t count = 0;
    while (smini_incident_get(set, count))
        count++;
    return count;
}

static uint64_t count_devices(const struct smini_incident_set *set)
{
    uint32_t count = 0;
    while (smini_incident_device(set, count))
        count++;
    return count;
}

void smini_report_text(FILE *out, const struct smini_batch_result *result, bool color)
{
    struct page page = {.out = out, .color = color};
    const struct smini_tally *tally = &result->tally;
    uint64_t incidents = count_incidents(result->incidents), devices = count_devices(result->incidents);
    fprintf(out, "%" PRIu64 " capture%s read: %" PRIu64 " packet%s, %" PRIu64 " Smart Install message%s\n",
            tally->captures_read, plural(tally->captures_read), tally->packets, plural(tally->packets),
            tally->messages, plural(tally->messages));
    if (devices)
        print_heading(&page, "Devices", devices);
    for (uint32_t i = 0; i < devices; i++)
        print_device(&page, smini_incident_device(result->incidents, i));
    if (incidents)
        print_heading(&page, "Incidents", incidents);
    for (uint32_t i = 0; i < incidents; i++)
        print_incident(&page, smini_incident_get(result->incidents, i));
    print_alerts(&page, tally);
    print_limits(&page, tally);
    if (!incidents && !devices && !tally->alerts)
        fprintf(out, "\nNothing found: no Smart Install message, no device, no alert%s.\n",
                tally->lost || result->interrupted ? " in what could be read" : "");
    else if (!incidents)
        fputs("\nNo incident.\n", out);
    print_incomplete(&page, result);
}
