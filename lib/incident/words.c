/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of the records: what messages and events mean for an incident, and how verdicts are told. */
#include "incident/internal.h"

static const struct smini_message_kind kinds[] = {
    {"download_image", SMINI_SIDE_DIRECTOR, false},
    {"download_config", SMINI_SIDE_DIRECTOR, false},
    {"capabilities_request", SMINI_SIDE_DIRECTOR, false},
    {"execute", SMINI_SIDE_DIRECTOR, false},
    {"init_discovery", SMINI_SIDE_DIRECTOR, false},
    {"backup_request", SMINI_SIDE_DIRECTOR, false},
    {"backup_done", SMINI_SIDE_DIRECTOR, false},
    {"backup_record", SMINI_SIDE_DIRECTOR, false},
    {"capabilities_response", SMINI_SIDE_CLIENT, true},
    {"status", SMINI_SIDE_CLIENT, true},
    {"backup_response", SMINI_SIDE_CLIENT, false},
};
static const struct smini_message_kind unknown_kind = {"unknown", SMINI_SIDE_UNKNOWN, false};

const struct smini_message_kind *smini_words_kind(struct smini_span name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (smini_span_equal(name, smini_span_text(kinds[i].name)))
            return &kinds[i];
    return &unknown_kind;
}

#define NAME(text) (text), sizeof(text) - 1

/* Events that decide a verdict, or that a reason should name. */
static const struct smini_event_word event_words[] = {
    {NAME("config_exfiltration"), SMINI_VERDICT_CONFIG_EXFILTRATION, NULL},
    {NAME("director_backup"), SMINI_VERDICT_CONFIG_EXFILTRATION,
     "the commands have the shape of a director's backup rotation"},
    {NAME("config_replacement"), SMINI_VERDICT_CONFIG_REPLACEMENT, NULL},
    {NAME("image_replacement"), SMINI_VERDICT_IMAGE_REPLACEMENT, NULL},
    {NAME("command_execution"), SMINI_VERDICT_COMMAND_EXECUTION, NULL},
    {NAME("discovery_value_oversized"), SMINI_VERDICT_OVERFLOW_ATTEMPT, "init-discovery item 1 is longer than 28 bytes"},
    {NAME("discovery_length_mismatch"), SMINI_VERDICT_OVERFLOW_ATTEMPT,
     "init-discovery item length and message length contradict each other"},
    {NAME("length_overstated"), SMINI_VERDICT_MALFORMED, "fewer bytes were sent than the header declares"},
    {NAME("length_understated"), SMINI_VERDICT_MALFORMED, "more bytes were sent than the header declares"},
    {NAME("ascii_hex"), SMINI_VERDICT_MALFORMED, "hexadecimal digits were sent as text where a message should be"},
    {NAME("length_absurd"), SMINI_VERDICT_MALFORMED, "the declared length is beyond anything a device could take"},
    {NAME("message_inside"), SMINI_VERDICT_MALFORMED, "the header of another message stands inside this one"},
    {NAME("body_short"), SMINI_VERDICT_MALFORMED, "the body is smaller than the fixed size of its type"},
    {NAME("tlv_length_invalid"), SMINI_VERDICT_MALFORMED, "an item is shorter than its header or reaches past the end"},
    {NAME("command_unterminated"), SMINI_VERDICT_MALFORMED, "a command fills its slot without an end"},
    {NAME("url_unterminated"), SMINI_VERDICT_MALFORMED, "a URL fills its field without an end"},
    {NAME("url_long"), SMINI_VERDICT_MALFORMED, "a URL is longer than 127 bytes"},
    {NAME("url_host_foreign"), SMINI_VERDICT_NONE, "a URL names another host than the one that sent the message"},
    {NAME("version_unknown"), SMINI_VERDICT_NONE, "the version word is neither 0 nor 1"},
};

const struct smini_event_word *smini_words_event(struct smini_span name)
{
    for (size_t i = 0; i < sizeof(event_words) / sizeof(event_words[0]); i++)
        if (name.length == event_words[i].length && memcmp(name.bytes, event_words[i].name, name.length) == 0)
            return &event_words[i];
    return NULL;
}

/* Techniques of ATT&CK. Only the overflow exercises a defect; everything else uses documented messages. */
static const struct smini_verdict_word verdict_words[] = {
    [SMINI_VERDICT_NONE] = {"none", SMIN_SEVERITY_INFO, {NULL}, NULL},
    [SMINI_VERDICT_DIRECTOR_ACTIVITY] = {"director-activity", SMIN_SEVERITY_INFO, {NULL}, NULL},
    [SMINI_VERDICT_PROBE] = {"probe", SMIN_SEVERITY_LOW, {"T1046"}, NULL},
    [SMINI_VERDICT_MALFORMED] = {"malformed", SMIN_SEVERITY_MEDIUM, {"T1190"}, NULL},
    [SMINI_VERDICT_CONFIG_EXFILTRATION] = {"config-exfiltration", SMIN_SEVERITY_HIGH, {"T1190", "T1602.002"}, NULL},
    [SMINI_VERDICT_CONFIG_REPLACEMENT] = {"config-replacement", SMIN_SEVERITY_HIGH, {"T1190"}, NULL},
    [SMINI_VERDICT_IMAGE_REPLACEMENT] = {"image-replacement",
                                         SMIN_SEVERITY_HIGH,
                                         {"T1190", "T1542.005", "T1601"},
                                         NULL},
    [SMINI_VERDICT_COMMAND_EXECUTION] = {"command-execution", SMIN_SEVERITY_CRITICAL, {"T1190", "T1059.008"}, NULL},
    [SMINI_VERDICT_OVERFLOW_ATTEMPT] = {"overflow-attempt", SMIN_SEVERITY_CRITICAL, {"T1190"}, "CVE-2018-0171"},
};

const struct smini_verdict_word *smini_words_verdict(enum smini_verdict verdict)
{
    return &verdict_words[verdict];
}

const char *smini_incident_verdict_text(enum smini_verdict verdict)
{
    return verdict_words[verdict].name;
}

const char *smini_incident_outcome_text(enum smini_outcome outcome)
{
    switch (outcome) {
    case SMINI_OUTCOME_FAILED:
        return "failed";
    case SMINI_OUTCOME_ATTEMPTED:
        return "attempted";
    case SMINI_OUTCOME_UNKNOWN:
        return "unknown";
    case SMINI_OUTCOME_ANSWERED:
        return "answered";
    case SMINI_OUTCOME_SUCCEEDED:
        return "succeeded";
    }
    return "unknown";
}

const char *smini_incident_evidence_text(enum smini_evidence_kind kind)
{
    static const char *const names[] = {[SMINI_EVIDENCE_COMMAND] = "command",
                                        [SMINI_EVIDENCE_CALLBACK] = "call-back",
                                        [SMINI_EVIDENCE_EMPTY] = "empty",
                                        [SMINI_EVIDENCE_TRANSFER] = "transfer"};
    return names[kind];
}

const char *smini_incident_trust_text(enum smini_trust trust)
{
    return trust == SMINI_TRUST_YES ? "yes" : trust == SMINI_TRUST_NO ? "no" : "unknown";
}

const char *smini_incident_role_text(enum smini_device_role role)
{
    return role == SMINI_ROLE_CLIENT ? "client" : role == SMINI_ROLE_DIRECTOR ? "director" : "unknown";
}

const char *smini_incident_state_text(enum smini_device_state state)
{
    return state == SMINI_STATE_ENABLED ? "enabled" : state == SMINI_STATE_CLOSED ? "closed" : "unknown";
}

const char *smini_incident_severity_text(uint32_t severity)
{
    static const char *const names[] = {"info", "low", "medium", "high", "critical"};
    return severity < sizeof(names) / sizeof(names[0]) ? names[severity] : "critical";
}
