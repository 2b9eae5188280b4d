/* SPDX-License-Identifier: BSD-2-Clause */
/* What the page says about verdicts, outcomes, transfers and techniques. */
#include "report/page_parts.h"

struct verdict_words {
    const char *title, *meaning, *ordered, *asked, *did;
};

static const struct verdict_words verdicts[] = {
    [SMINI_VERDICT_NONE] = {"Nothing", "Nothing that needs a word.", "do nothing", "nothing", NULL},
    [SMINI_VERDICT_DIRECTOR_ACTIVITY] =
        {"Director's orders", "Smart Install messages of a director at work, towards files it may name.",
         "do what its director asks", "director's orders", NULL},
    [SMINI_VERDICT_PROBE] = {"Probe", "Somebody asked whether Smart Install is on. Nothing was changed or taken.",
                             "say whether Smart Install is on", "asked whether it is on", NULL},
    [SMINI_VERDICT_MALFORMED] = {"Damaged message", "A message that breaks the rules of the protocol: a faulty tool, a "
                                 "scanner, or an attempt to exploit a defect.",
                                 "read damaged messages", "damaged messages", NULL},
    [SMINI_VERDICT_CONFIG_EXFILTRATION] =
        {"Configuration theft", "The device was ordered to give its configuration away, by copying it to a server or "
         "by offering it for anybody to fetch.",
         "give its configuration away", "give configuration away", "took its configuration"},
    [SMINI_VERDICT_CONFIG_REPLACEMENT] =
        {"Configuration replacement", "The device was ordered to fetch a configuration and to start with it.",
         "replace its configuration", "replace configuration", "had it fetch a new configuration"},
    [SMINI_VERDICT_IMAGE_REPLACEMENT] =
        {"Image replacement", "The device was ordered to fetch a software image and to start with it.",
         "replace its software image", "replace software image", "had it fetch a software image"},
    [SMINI_VERDICT_COMMAND_EXECUTION] =
        {"Command execution", "The device was ordered to fetch a list of commands and to carry them out.",
         "carry out commands from a file", "carry out commands", "had it fetch commands to carry out"},
    [SMINI_VERDICT_OVERFLOW_ATTEMPT] =
        {"Overflow attempt", "A discovery message with lengths that overflow a buffer in devices without the fix.",
         "read a message that overflows a buffer", "overflow a buffer", NULL},
};

const char *smini_words_verdict_title(enum smini_verdict verdict)
{
    return verdicts[verdict].title;
}

const char *smini_words_verdict_meaning(enum smini_verdict verdict)
{
    return verdicts[verdict].meaning;
}

const char *smini_words_ordered(enum smini_verdict verdict)
{
    return verdicts[verdict].ordered;
}

const char *smini_words_asked(enum smini_verdict verdict)
{
    return verdicts[verdict].asked;
}

const char *smini_words_outcome_meaning(enum smini_outcome outcome)
{
    switch (outcome) {
    case SMINI_OUTCOME_FAILED:
        return "The connection, or the transfer that was ordered, was refused.";
    case SMINI_OUTCOME_ATTEMPTED:
        return "Both sides were captured and the device said nothing. It may have obeyed in silence.";
    case SMINI_OUTCOME_UNKNOWN:
        return "What the device did is not in the captures, or only in part.";
    case SMINI_OUTCOME_ANSWERED:
        return "The device answered as Smart Install does. That it obeyed is not proved.";
    case SMINI_OUTCOME_SUCCEEDED:
        return "The device reported that it did what was asked, or the file was seen to move.";
    }
    return "";
}

const char *smini_words_state(uint8_t state)
{
    switch (state) {
    case SMINI_TRANSFER_CLOSED:
        return "whole, and the receiver said so";
    case SMINI_TRANSFER_TRUNCATED:
        return "its end was not seen";
    case SMINI_TRANSFER_REFUSED:
        return "refused, nothing moved";
    case SMINI_TRANSFER_UNCONFIRMED:
        return "whole, but the receiver's last word was not seen";
    case SMINI_TRANSFER_SEALED:
        return "encrypted: that bytes moved is all that can be seen";
    default:
        return "unknown";
    }
}

const char *smini_words_technique(const char *id)
{
    static const char *const names[][2] = {
        {"T1046", "Network Service Discovery"},
        {"T1059.008", "Command and Scripting Interpreter: Network Device CLI"},
        {"T1190", "Exploit Public-Facing Application"},
        {"T1542.005", "Pre-OS Boot: TFTP Boot"},
        {"T1601", "Modify System Image"},
        {"T1602.002", "Data from Configuration Repository: Network Device Configuration Dump"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i][0], id) == 0)
            return names[i][1];
    return "";
}

const char *smini_words_tone(uint32_t severity)
{
    return severity >= SMIN_SEVERITY_HIGH ? "g" : severity == SMIN_SEVERITY_MEDIUM ? "w" : "u";
}

static void say_files(struct smini_page_work *work, const struct smini_incident *incident)
{
    uint64_t count = 0, bytes = 0;
    bool whole = true, out = incident->verdict == SMINI_VERDICT_CONFIG_EXFILTRATION;
    for (uint32_t i = 0; i < incident->file_count; i++) {
        const struct smini_incident_file *file = &incident->files[i];
        if (!smini_page_moved(file) || file->to_device == out)
            continue;
        count++;
        bytes += file->size;
        whole = whole && smini_page_whole(file);
    }
    if (count == 0)
        return;
    smini_html_raw(work->html, " ");
    smini_html_count(work->html, count, "file of ", "files of ");
    smini_html_size(work->html, bytes);
    smini_html_form(work->html, "%s %s the device%s.", count > 1 ? " in all" : "", out ? "left" : "reached",
                    whole ? "" : ", not all of it seen");
}

static void say_result(struct smini_html *html, enum smini_outcome outcome)
{
    switch (outcome) {
    case SMINI_OUTCOME_FAILED:
        smini_html_raw(html, " It was refused.");
        break;
    case SMINI_OUTCOME_ATTEMPTED:
        smini_html_raw(html, " The device said nothing, and whether it obeyed is not known.");
        break;
    case SMINI_OUTCOME_UNKNOWN:
        smini_html_raw(html, " What the device did is not in the captures.");
        break;
    case SMINI_OUTCOME_ANSWERED:
        smini_html_raw(html, " The device answered, but whether it obeyed is not known.");
        break;
    case SMINI_OUTCOME_SUCCEEDED:
        break;
    }
}

static void say_trust(struct smini_html *html, enum smini_trust trust)
{
    smini_html_raw(html, trust == SMINI_TRUST_YES  ? " The sender is a listed director."
                         : trust == SMINI_TRUST_NO ? " Not sent by a listed director."
                                                   : " No director was listed, so whether the sender was entitled is not known.");
}

static void say_order(struct smini_page_work *work, const struct smini_incident *incident)
{
    struct smini_html *html = work->html;
    const struct verdict_words *words = &verdicts[incident->verdict];
    smini_html_raw(html, "<b>");
    smini_html_address(html, &incident->actor);
    if (incident->verdict == SMINI_VERDICT_OVERFLOW_ATTEMPT) {
        smini_html_raw(html, "</b> sent it a Smart Install message that overflows a buffer in devices without the fix.");
        smini_html_raw(html, incident->outcome == SMINI_OUTCOME_FAILED ? " It was refused." : " What it did to the device is not known.");
        return;
    }
    if (incident->outcome == SMINI_OUTCOME_SUCCEEDED && words->did)
        smini_html_form(html, "</b> %s over Smart Install.", words->did);
    else
        smini_html_form(html, "</b> ordered it over Smart Install to %s.", words->ordered);
    say_result(html, incident->outcome);
    say_files(work, incident);
}

/* The gravest order of each kind, gravest first. */
static void say_orders(struct smini_page_work *work, const struct smini_page_subject *subject)
{
    uint32_t said = 0;
    enum smini_trust trust = SMINI_TRUST_YES;
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = work->page->incidents[subject->incidents[i]].incident;
        if (!smini_page_is_order(incident->verdict))
            continue;
        trust = incident->authorised == SMINI_TRUST_NO || trust == SMINI_TRUST_YES ? incident->authorised : trust;
        if (said & 1U << incident->verdict)
            continue;
        smini_html_raw(work->html, said ? " " : "");
        said |= 1U << incident->verdict;
        say_order(work, incident);
    }
    say_trust(work->html, trust);
}

/* Files whose order is not in the captures. */
static void say_moved(struct smini_html *html, const struct smini_page_subject *subject)
{
    bool left = subject->left.answer == SMINI_ANSWER_YES, came = subject->came.answer == SMINI_ANSWER_YES;
    if (left || came)
        smini_html_form(html, " %s the device, and no order for it was seen.",
                        left && came ? "Files left and reached" : left ? "A file left" : "A file reached");
}

void smini_words_sentence(struct smini_page_work *work, const struct smini_page_subject *subject)
{
    struct smini_html *html = work->html;
    if (subject->incident_count == 0) {
        smini_html_raw(html, subject->on.answer == SMINI_ANSWER_YES ? "Smart Install is on; no order to it was seen."
                             : subject->on.answer == SMINI_ANSWER_NO
                                 ? "It refused connections to the Smart Install port; no order to it was seen."
                                 : "It was contacted on the Smart Install port; no order to it was seen.");
        say_moved(html, subject);
        return;
    }
    const struct smini_incident *gravest = work->page->incidents[subject->incidents[0]].incident;
    if (smini_page_is_order(gravest->verdict)) {
        say_orders(work, subject);
    } else {
        smini_html_raw(html, "<b>");
        smini_html_address(html, &gravest->actor);
        smini_html_form(html, "</b> %s; no order that changes the device or takes anything from it was seen.",
                        gravest->verdict == SMINI_VERDICT_PROBE ? "asked whether Smart Install is on"
                        : gravest->verdict == SMINI_VERDICT_MALFORMED ? "sent it damaged Smart Install messages"
                                                                      : "sent it a director's Smart Install messages");
        if (gravest->verdict == SMINI_VERDICT_PROBE && gravest->outcome == SMINI_OUTCOME_ANSWERED)
            smini_html_raw(html, " It answered that it is.");
        say_moved(html, subject);
    }
    if (subject->incident_count > 1) {
        smini_html_raw(html, " In all there are ");
        smini_html_count(html, subject->incident_count, "incident", "incidents");
        smini_html_raw(html, " at this device.");
    }
}
