/* SPDX-License-Identifier: BSD-2-Clause */
/* What was found, for people: plain text, safe for a terminal whatever the network sent. */
#include <inttypes.h>

#include "tool.h"

struct page {
    FILE *out;
    bool color;
};

/* Printable ASCII as it is; every other byte as \xHH, so that nothing can steer a terminal. */
static void print_text(FILE *out, struct smini_span text)
{
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.bytes[i];
        if (byte >= 0x20 && byte < 0x7f && byte != '\\')
            fputc(byte, out);
        else if (byte == '\\')
            fputs("\\\\", out);
        else
            fprintf(out, "\\x%02x", byte);
    }
}

static void print_heading(const struct page *page, const char *text, uint64_t count)
{
    fprintf(page->out, "\n%s%s (%" PRIu64 ")%s\n", page->color ? "\033[1m" : "", text, count,
            page->color ? "\033[0m" : "");
}

static void print_address(FILE *out, const struct smini_incident_address *address, uint16_t port)
{
    char text[46];
    smini_json_address_text(address->version, address->bytes, text);
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

static void print_device(const struct page *page, const struct smini_device *device)
{
    static const char *const states[] = {"state unknown", "Smart Install enabled", "port closed"};
    fputs("  ", page->out);
    print_address(page->out, &device->address, device->port);
    if (device->role == SMINI_ROLE_UNKNOWN)
        fprintf(page->out, "  %s\n", states[device->state]);
    else
        fprintf(page->out, "  %s, %s\n", smini_incident_role_text(device->role), states[device->state]);
    for (uint32_t i = 0; i < device->evidence.count; i++) {
        fputs("      ", page->out);
        print_text(page->out, device->evidence.items[i]);
        fputc('\n', page->out);
    }
}

static const char *severity_color(uint32_t severity)
{
    static const char *const colors[] = {"\033[2m", "\033[36m", "\033[33m", "\033[31m", "\033[1;31m"};
    return colors[severity <= SMIN_SEVERITY_CRITICAL ? severity : SMIN_SEVERITY_CRITICAL];
}

static void print_list(const struct page *page, const char *lead, const struct smini_text_list *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        fputs(lead, page->out);
        print_text(page->out, texts->items[i]);
        fputc('\n', page->out);
    }
    if (texts->total > texts->count)
        fprintf(page->out, "%sand %" PRIu64 " more\n", lead, texts->total - texts->count);
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
    print_list(page, "            asked for  ", &incident->commanded);
    print_list(page, "            because    ", &incident->reasons);
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

static void print_incomplete(const struct page *page, const struct smini_batch_result *result)
{
    const struct smini_tally *tally = &result->tally;
    uint64_t left_out = smini_incident_left_out(result->incidents);
    if (tally->lost == 0 && !result->interrupted && left_out == 0)
        return;
    print_heading(page, "Incomplete", tally->lost + (result->interrupted ? 1 : 0) + (left_out ? 1 : 0));
    for (uint32_t i = 0; i < tally->note_count; i++) {
        fputs("  ", page->out);
        print_text(page->out, smini_span_text(tally->notes[i]));
        fputc('\n', page->out);
    }
    if (tally->note_total > tally->note_count)
        fprintf(page->out, "  and %" PRIu64 " more\n", tally->note_total - tally->note_count);
    if (result->interrupted)
        fputs("  interrupted before everything was read\n", page->out);
    if (left_out)
        fprintf(page->out, "  %" PRIu64 " facts were not kept, a limit was reached\n", left_out);
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
    fprintf(out, "%" PRIu64 " captures read: %" PRIu64 " packets, %" PRIu64 " Smart Install messages\n",
            tally->captures_read, tally->packets, tally->messages);
    if (devices)
        print_heading(&page, "Devices", devices);
    for (uint32_t i = 0; i < devices; i++)
        print_device(&page, smini_incident_device(result->incidents, i));
    if (incidents)
        print_heading(&page, "Incidents", incidents);
    for (uint32_t i = 0; i < incidents; i++)
        print_incident(&page, smini_incident_get(result->incidents, i));
    print_alerts(&page, tally);
    if (!incidents && !devices && !tally->alerts)
        fprintf(out, "\nNothing found: no Smart Install message, no device, no alert%s.\n",
                tally->lost || result->interrupted ? " in what could be read" : "");
    else if (!incidents)
        fputs("\nNo incident.\n", out);
    print_incomplete(&page, result);
}
