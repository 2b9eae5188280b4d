/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/finding.h"

#include "decode/view.h"

const struct smini_finding_desc smini_findings[SMINI_FINDING_END] = {
    {0, 0, "", ""},
#define SMINI_FINDING(constant, rank, word, meaning) {SMINI_RANK_##rank, (uint32_t)sizeof(word) - 1, (word), (meaning)},
#include "decode/finding.def"
#undef SMINI_FINDING
};

/* What makes which finding. Message NONE: whatever the message. Of one rank in the order of finding.def. */
#define ABUSES(REASON)                                                                                                 \
    REASON(DISCOVERY_VALUE_OVERSIZED, NONE, DISCOVERY_OVERSIZED)                                                       \
    REASON(DISCOVERY_LENGTH_MISMATCH, NONE, DISCOVERY_MISMATCH)                                                        \
    REASON(COMMAND_EXECUTION, BACKUP_REQUEST, COMMAND_EXECUTION)                                                       \
    REASON(IMAGE_REPLACEMENT, BACKUP_REQUEST, IMAGE_REPLACEMENT)                                                       \
    REASON(CONFIG_REPLACEMENT, BACKUP_REQUEST, CONFIG_REPLACEMENT)                                                     \
    REASON(CONFIG_EXFILTRATION, BACKUP_REQUEST, CONFIG_EXFILTRATION)
/* The messages that name a URL. */
#define DOWNLOADS(REASON)                                                                                              \
    REASON(COMMAND_EXECUTION, EXECUTE, EXECUTE)                                                                        \
    REASON(IMAGE_REPLACEMENT, DOWNLOAD_IMAGE, DOWNLOAD_IMAGE)                                                          \
    REASON(CONFIG_REPLACEMENT, DOWNLOAD_CONFIG, DOWNLOAD_CONFIG)
#define DEFECTS(REASON)                                                                                                \
    REASON(URL_UNTERMINATED, NONE, URL_UNTERMINATED)                                                                   \
    REASON(COMMAND_UNTERMINATED, NONE, COMMAND_UNTERMINATED)                                                           \
    REASON(MESSAGE_INSIDE, NONE, MESSAGE_INSIDE)                                                                       \
    REASON(LENGTH_ABSURD, NONE, LENGTH_ABSURD)                                                                         \
    REASON(TLV_LENGTH_INVALID, NONE, ITEM_LENGTH_INVALID)                                                              \
    REASON(BODY_SHORT, NONE, BODY_SHORT)                                                                               \
    REASON(LENGTH_UNDERSTATED, NONE, LENGTH_UNDERSTATED)                                                               \
    REASON(ASCII_HEX, NONE, ASCII_HEX)
#define ROUTINE(REASON)                                                                                                \
    REASON(DIRECTOR_BACKUP, NONE, DIRECTOR_BACKUP)                                                                     \
    REASON(LENGTH_OVERSTATED, NONE, LENGTH_OVERSTATED)                                                                 \
    REASON(MESSAGE_UNKNOWN, NONE, MESSAGE_UNKNOWN)                                                                     \
    REASON(BACKUP_CONFIRMED, NONE, BACKUP_CONFIRMED)                                                                   \
    REASON(CLIENT_ACTIVE, NONE, CLIENT_ACTIVE)                                                                         \
    REASON(PROBE, NONE, PROBE)

struct reason {
    uint8_t event;
    uint8_t message;
    uint8_t finding;
};

/* Most messages raise none of a list's events: one word of bits tells. */
struct reasons {
    uint64_t events;
    uint32_t count;
    struct reason list[8];
};

enum { SMINI_MESSAGE_NONE = 0 };
#define AS_REASON(event, message, finding) {SMINI_EVENT_##event, SMINI_MESSAGE_##message, SMINI_FINDING_##finding},
#define AS_BIT(event, message, finding) | (uint64_t)1 << SMINI_EVENT_##event
#define AS_ONE(event, message, finding) +1
#define REASONS(LIST) {.events = 0 LIST(AS_BIT), .count = 0 LIST(AS_ONE), .list = {LIST(AS_REASON)}}

static const struct reasons abuses = REASONS(ABUSES);
static const struct reasons downloads = REASONS(DOWNLOADS);
static const struct reasons defects = REASONS(DEFECTS);
static const struct reasons routine = REASONS(ROUTINE);

/* Events that may decide, and where the first of each kind stands. */
struct judgement {
    const struct smini_view *view;
    uint64_t raised;
    uint32_t finding;
    uint32_t event; /* what made it; 0: the message as a whole */
};

static uint64_t raised_events(const struct smini_view *view)
{
    const struct smini_decode_scratch *scratch = view->scratch;
    uint64_t raised = 0;
    _Static_assert(SMINI_EVENT_TOOL_FINGERPRINT < 64, "the numbers of events are bits of a word");
    for (uint32_t i = 0; i < scratch->message.event_count; i++)
        raised |= (uint64_t)1 << scratch->events[i].id;
    return raised;
}

static bool has(const struct judgement *judgement, uint32_t event)
{
    return judgement->raised >> event & 1;
}

static void settle(struct judgement *judgement, uint32_t finding, uint32_t event)
{
    judgement->finding = finding;
    judgement->event = event;
}

/* Nothing is changed where something was found already, or where nothing in the list holds. */
static void judge_by(struct judgement *judgement, const struct reasons *reasons)
{
    if (!(judgement->raised & reasons->events) || judgement->finding != SMINI_FINDING_NONE)
        return;
    for (uint32_t i = 0; i < reasons->count; i++) {
        const struct reason *reason = &reasons->list[i];
        if (has(judgement, reason->event) &&
            (reason->message == SMINI_MESSAGE_NONE || reason->message == judgement->view->row->id)) {
            settle(judgement, reason->finding, reason->event);
            return;
        }
    }
}

/* Shapes that no director has a reason to send. That the connection broke off is none of them. */
static bool is_misshapen(const struct judgement *judgement)
{
    return judgement->view->kind == SMIN_KIND_TRAILER || judgement->view->shift ||
           has(judgement, SMINI_EVENT_URL_UNTERMINATED) || has(judgement, SMINI_EVENT_BODY_SHORT) ||
           has(judgement, SMINI_EVENT_LENGTH_ABSURD) || has(judgement, SMINI_EVENT_MESSAGE_INSIDE);
}

/* Both reload words stand in front of the URL; a trailer has none. */
static bool reloads(const struct smini_view *view)
{
    const struct smini_decode_scratch *scratch = view->scratch;
    for (uint32_t i = 0; i < scratch->message.field_count; i++) {
        const struct smin_field *field = &scratch->fields[i];
        if ((field->id == SMINI_FIELD_RELOAD_NOW || field->id == SMINI_FIELD_RELOAD_SCHEDULED) && field->number)
            return true;
    }
    return false;
}

static uint32_t malformed(uint32_t download)
{
    switch (download) {
    case SMINI_FINDING_EXECUTE:
        return SMINI_FINDING_EXECUTE_MALFORMED;
    case SMINI_FINDING_DOWNLOAD_IMAGE:
        return SMINI_FINDING_IMAGE_MALFORMED;
    default:
        return SMINI_FINDING_CONFIG_MALFORMED;
    }
}

/* A URL to fetch is graver than any defect beside it: with one, no director sent the message. */
static void judge_download(struct judgement *judgement)
{
    if (judgement->finding != SMINI_FINDING_NONE)
        return;
    judge_by(judgement, &downloads);
    if (judgement->finding == SMINI_FINDING_NONE)
        return;
    if (is_misshapen(judgement))
        judgement->finding = malformed(judgement->finding);
    else if (judgement->finding == SMINI_FINDING_DOWNLOAD_CONFIG && reloads(judgement->view))
        judgement->finding = SMINI_FINDING_DOWNLOAD_CONFIG_RELOAD;
}

/* Of a short message that could command something: the missing part may follow behind its declared end. */
static bool may_follow(const struct smini_view *view)
{
    switch (view->row->id) {
    case SMINI_MESSAGE_DOWNLOAD_IMAGE:
    case SMINI_MESSAGE_DOWNLOAD_CONFIG:
    case SMINI_MESSAGE_EXECUTE:
    case SMINI_MESSAGE_BACKUP_REQUEST:
        return view->kind == SMIN_KIND_MESSAGE && !view->ended;
    default:
        return false;
    }
}

static void judge_defects(struct judgement *judgement)
{
    if (may_follow(judgement->view))
        judgement->raised &= ~((uint64_t)1 << SMINI_EVENT_BODY_SHORT);
    judge_by(judgement, &defects);
}

/* What only the kind of a message says. */
static uint32_t finding_of_kind(const struct smini_view *view)
{
    enum { AT_URL = 180, AT_BACKUP_STATUS = 88 };
    if (view->kind == SMIN_KIND_TRAILER)
        return SMINI_FINDING_NONE;
    switch (view->row->id) {
    case SMINI_MESSAGE_DOWNLOAD_CONFIG:
        return view->size < AT_URL ? SMINI_FINDING_CONFIG_PROBE : SMINI_FINDING_NONE;
    case SMINI_MESSAGE_BACKUP_RESPONSE:
        return smini_view_has(view, AT_BACKUP_STATUS, 4) ? SMINI_FINDING_BACKUP_UNCONFIRMED : SMINI_FINDING_NONE;
    case SMINI_MESSAGE_BACKUP_DONE:
        return SMINI_FINDING_BACKUP_DONE;
    case SMINI_MESSAGE_BACKUP_RECORD:
        return SMINI_FINDING_BACKUP_RECORD;
    case SMINI_MESSAGE_INIT_DISCOVERY:
        return SMINI_FINDING_INIT_DISCOVERY;
    default:
        return SMINI_FINDING_NONE;
    }
}

static struct judgement judge(const struct smini_view *view)
{
    struct judgement judgement = {.view = view, .raised = raised_events(view)};
    judge_by(&judgement, &abuses);
    if (judgement.finding == SMINI_FINDING_CONFIG_EXFILTRATION && view->serves)
        judgement.finding = SMINI_FINDING_TFTP_SERVER;
    judge_download(&judgement);
    judge_defects(&judgement);
    judge_by(&judgement, &routine);
    if (judgement.finding == SMINI_FINDING_NONE)
        settle(&judgement, finding_of_kind(view), 0);
    return judgement;
}

/* Was enough said of the message already? */
static bool is_settled(const struct smini_view *view, uint32_t finding)
{
    if (view->kind != SMIN_KIND_TRAILER || view->reported == SMINI_RANK_NONE)
        return false;
    return view->reported != SMINI_RANK_ROUTINE || smini_findings[finding].rank != SMINI_RANK_ABUSE;
}

/* Where the event stands that made it, so that whoever reads the finding is led there. */
static uint64_t place_of(const struct smini_view *view, uint32_t event)
{
    const struct smini_decode_scratch *scratch = view->scratch;
    for (uint32_t i = 0; i < scratch->message.event_count; i++)
        if (scratch->events[i].id == event)
            return scratch->events[i].offset;
    return view->offset;
}

void smini_finding_say(struct smini_view *view)
{
    struct judgement judgement = judge(view);
    if (judgement.finding == SMINI_FINDING_NONE || is_settled(view, judgement.finding))
        return;
    struct smini_decode_scratch *scratch = view->scratch;
    const struct smini_finding_desc *desc = &smini_findings[judgement.finding];
    view->reported = (uint8_t)desc->rank;
    /* Its place is kept free: a flood of fields must not push out what they are reported for. */
    scratch->fields[scratch->message.field_count++] =
        (struct smin_field){.id = SMINI_FIELD_FINDING,
                            .offset = place_of(view, judgement.event),
                            .bytes = (const uint8_t *)desc->word,
                            .size = desc->length};
}
