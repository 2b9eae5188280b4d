/* SPDX-License-Identifier: BSD-2-Clause */
/* From incidents and devices to one answer sheet per device. */
#include <stdlib.h>

#include "report/page_parts.h"

/* An incident beside what it is sorted by. */
struct entry {
    struct smini_incident_address device;
    uint32_t gravity, number;
};

bool smini_page_is_order(enum smini_verdict verdict)
{
    return verdict >= SMINI_VERDICT_CONFIG_EXFILTRATION;
}

uint32_t smini_page_gravity(const struct smini_incident *incident)
{
    return incident->severity * 16 + (smini_page_is_order(incident->verdict) ? 8 : 0) + (uint32_t)incident->outcome;
}

int smini_page_address_order(const struct smini_incident_address *a, const struct smini_incident_address *b)
{
    if (a->version != b->version)
        return a->version < b->version ? -1 : 1;
    return memcmp(a->bytes, b->bytes, a->version == 6 ? 16 : 4);
}

static int entry_order(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    int order = smini_page_address_order(&a->device, &b->device);
    if (order != 0)
        return order;
    if (a->gravity != b->gravity)
        return a->gravity > b->gravity ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static int subject_order(const void *one, const void *other)
{
    const struct smini_page_subject *a = one, *b = other;
    bool a_abused = a->abused.answer == SMINI_ANSWER_YES, b_abused = b->abused.answer == SMINI_ANSWER_YES;
    if (a_abused != b_abused)
        return a_abused ? -1 : 1;
    if (a->ordered != b->ordered)
        return a->ordered ? -1 : 1;
    if (smini_page_noteworthy(a) != smini_page_noteworthy(b))
        return smini_page_noteworthy(a) ? -1 : 1;
    if (a->gravity != b->gravity)
        return a->gravity > b->gravity ? -1 : 1;
    return smini_page_address_order(&a->address, &b->address);
}

static struct smini_page_finding finding(enum smini_answer answer, const char *why)
{
    struct smini_page_finding found = {.answer = answer, .why = why};
    return found;
}

/* The first message of the sender that is more than a question, or what there is. */
static void at_message(struct smini_page_finding *found, const struct smini_incident *incident)
{
    uint32_t at = 0;
    if (incident->message_count == 0)
        return;
    while (at + 1 < incident->message_count && (incident->messages[at].from_device ||
                                                strcmp(incident->messages[at].name, "capabilities_request") == 0))
        at++;
    found->capture = incident->messages[at].capture;
    found->packet = incident->messages[at].packet;
}

/* Of what is told about a device, the sentence that shows its state: what it sent itself, or that it refused. */
static struct smini_span proof_of(const struct smini_device *device)
{
    const char *begins = device->state == SMINI_STATE_ENABLED ? "sent " : "refused ";
    for (uint32_t i = 0; i < device->evidence.count; i++)
        if (smini_span_starts_nocase(device->evidence.items[i], begins))
            return device->evidence.items[i];
    return smini_span_make(NULL, 0);
}

/* What obeys is on, even where its own messages were not captured or it refused at another time. */
static const struct smini_incident *obeyed(const struct smini_page *page, const struct smini_page_subject *subject)
{
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[subject->incidents[i]].incident;
        if (incident->outcome == SMINI_OUTCOME_SUCCEEDED)
            return incident;
    }
    return NULL;
}

static void judge_on(const struct smini_page *page, struct smini_page_subject *subject)
{
    const struct smini_device *device = subject->device;
    const struct smini_incident *order = obeyed(page, subject);
    if (order && (!device || device->state != SMINI_STATE_ENABLED)) {
        subject->on = finding(SMINI_ANSWER_YES, "it did what it was ordered to do");
        at_message(&subject->on, order);
        return;
    }
    if (!device || device->state == SMINI_STATE_UNKNOWN) {
        subject->on = finding(SMINI_ANSWER_UNKNOWN, "it sent no message that only Smart Install sends");
        return;
    }
    bool on = device->state == SMINI_STATE_ENABLED;
    subject->on = finding(on ? SMINI_ANSWER_YES : SMINI_ANSWER_NO, NULL);
    subject->on.evidence = proof_of(device);
    if (subject->on.evidence.length == 0)
        subject->on.why = on ? "it sent messages that only Smart Install sends" : "it refused the port";
}

/* Obeying is abuse unless a listed director asked; whether the sender was entitled is an answer of its own. */
static void judge_abused(const struct smini_page *page, struct smini_page_subject *subject)
{
    const struct smini_incident *best = NULL;
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[subject->incidents[i]].incident;
        subject->ordered = subject->ordered || smini_page_is_order(incident->verdict);
        if (smini_page_is_order(incident->verdict) && incident->authorised != SMINI_TRUST_YES &&
            (!best || incident->outcome > best->outcome))
            best = incident;
    }
    if (!best) {
        subject->abused = finding(SMINI_ANSWER_UNKNOWN, subject->incident_count
                                                            ? "no order that abuses it is in the captures"
                                                            : "no message to it is in the captures");
        return;
    }
    bool obeyed = best->outcome == SMINI_OUTCOME_SUCCEEDED;
    bool refused = best->outcome == SMINI_OUTCOME_FAILED;
    subject->abused = finding(obeyed    ? SMINI_ANSWER_YES
                              : refused ? SMINI_ANSWER_NO
                                        : SMINI_ANSWER_UNKNOWN,
                              obeyed    ? "it did what it was ordered to do"
                              : refused ? "every order was refused"
                                        : "it was ordered, and what it did is not proved");
    at_message(&subject->abused, best);
}

/* How much a file says about whether something moved. */
static int file_rank(const struct smini_incident_file *file)
{
    return !smini_page_moved(file) ? 1 : smini_page_whole(file) ? 3 : 2;
}

static struct smini_page_finding judge_moved(const struct smini_page *page, const struct smini_page_subject *subject,
                                             bool to_device)
{
    static const char *const whys[] = {"no transfer is in the captures", "a transfer began and nothing moved",
                                       "a file moved, not all of it seen", "a whole file moved"};
    const struct smini_incident_file *best = NULL;
    bool ordered = false, refused = true, sealed = false;
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[subject->incidents[i]].incident;
        bool out = incident->verdict == SMINI_VERDICT_CONFIG_EXFILTRATION;
        bool causes_transfer = smini_page_is_order(incident->verdict) && incident->verdict != SMINI_VERDICT_OVERFLOW_ATTEMPT;
        ordered = ordered || (causes_transfer && out != to_device);
        for (uint32_t k = 0; k < incident->file_count; k++) {
            const struct smini_incident_file *file = &incident->files[k];
            sealed = sealed || file->state == SMINI_TRANSFER_SEALED;
            if (file->to_device != to_device || file->state == SMINI_TRANSFER_SEALED)
                continue;
            refused = refused && file->state == SMINI_TRANSFER_REFUSED;
            if (!best || file_rank(file) > file_rank(best))
                best = file;
        }
    }
    int rank = best ? file_rank(best) : 0;
    struct smini_page_finding found = finding(rank >= 2              ? SMINI_ANSWER_YES
                                              : rank == 1 && refused ? SMINI_ANSWER_NO
                                                                     : SMINI_ANSWER_UNKNOWN,
                                              whys[rank]);
    if (rank == 1 && refused)
        found.why = "the transfer was refused";
    if (rank < 2 && sealed)
        found = finding(SMINI_ANSWER_UNKNOWN, "encrypted bytes moved; what they were cannot be seen");
    else if (rank == 0 && ordered)
        found.why = "ordered, but no transfer is in the captures";
    if (best) {
        found.capture = best->capture;
        found.packet = best->packet;
    }
    return found;
}

/* What nobody moves to or from a switch without a reason. */
static bool is_of_interest(const struct smini_page_file *file)
{
    static const char *const types[] = {"ios-config", "ios-commands", "image-list", "tar", "elf"};
    bool moved = file->size > 0 && file->state != SMINI_TRANSFER_REFUSED;
    for (size_t i = 0; moved && i < sizeof(types) / sizeof(types[0]); i++)
        if (smini_span_equal(file->type, smini_span_text(types[i])))
            return true;
    return false;
}

static int by_address(const void *one, const void *other)
{
    const struct smini_page_subject *a = one, *b = other;
    return smini_page_address_order(&a->address, &b->address);
}

/* A file may move although no order was seen; `work->subjects` is still in the order of addresses. */
static void judge_unordered(struct smini_page_work *work)
{
    for (uint32_t i = 0; i < work->page->file_count; i++) {
        const struct smini_page_file *file = &work->page->files[i];
        bool unordered = is_of_interest(file) && !smini_page_belongs(work, file);
        for (int end = 0; end < 2 && unordered; end++) {
            struct smini_page_subject key = {.address = end ? file->server : file->client};
            struct smini_page_subject *subject =
                bsearch(&key, work->subjects, work->subject_count, sizeof(*work->subjects), by_address);
            if (!subject)
                continue;
            struct smini_page_finding *found = file->to_server == (end == 0) ? &subject->left : &subject->came;
            if (found->answer == SMINI_ANSWER_YES)
                continue;
            *found = finding(SMINI_ANSWER_YES, "a file moved without an order that was seen");
            found->capture = file->capture;
            found->packet = file->packet;
        }
    }
}

static void judge_authorised(const struct smini_page *page, struct smini_page_subject *subject)
{
    const struct smini_incident *stranger = NULL, *listed = NULL;
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[subject->incidents[i]].incident;
        if (incident->authorised == SMINI_TRUST_NO && !stranger)
            stranger = incident;
        if (incident->authorised == SMINI_TRUST_YES && !listed)
            listed = incident;
    }
    if (stranger) {
        subject->authorised = finding(SMINI_ANSWER_NO, "a sender is not among the listed directors");
        at_message(&subject->authorised, stranger);
    } else if (listed) {
        subject->authorised = finding(SMINI_ANSWER_YES, "every sender is a listed director");
        at_message(&subject->authorised, listed);
    } else {
        subject->authorised = finding(SMINI_ANSWER_UNKNOWN, subject->incident_count == 0 ? "nobody sent it an order"
                                                            : page->director_count == 0  ? "no director was listed"
                                                                                         : "the sender is not known");
    }
}

static struct smini_page_subject *new_subject(struct smini_page_work *work, const struct smini_incident_address *address)
{
    struct smini_page_subject *subject = &work->subjects[work->subject_count++];
    subject->address = *address;
    subject->incidents = work->numbers;
    return subject;
}

static int actor_order(const void *one, const void *other)
{
    return smini_page_address_order(one, other);
}

/* Whoever sends orders is no device in question, unless Smart Install runs there, too. */
static bool is_only_sender(const struct smini_page *page, const struct smini_incident_address *actors, const struct smini_device *device)
{
    return device->state != SMINI_STATE_ENABLED &&
           bsearch(&device->address, actors, page->incident_count, sizeof(*actors), actor_order);
}

/* Both lists are in the order of addresses; a director is a subject only when something was done to it. */
static void join(struct smini_page_work *work, const struct entry *entries, const struct smini_incident_address *actors)
{
    const struct smini_page *page = work->page;
    uint32_t device = 0, entry = 0;
    while (device < page->device_count || entry < page->incident_count) {
        const struct smini_device *next = device < page->device_count ? page->devices[device] : NULL;
        int order = !next                            ? 1
                    : entry == page->incident_count ? -1
                                                     : smini_page_address_order(&next->address, &entries[entry].device);
        if (order < 0) {
            device++;
            if (next->role != SMINI_ROLE_DIRECTOR && !is_only_sender(page, actors, next))
                new_subject(work, &next->address)->device = next;
            continue;
        }
        struct smini_page_subject *subject = new_subject(work, &entries[entry].device);
        subject->device = order == 0 ? next : NULL;
        device += order == 0;
        subject->incidents = work->numbers + entry;
        subject->gravity = entries[entry].gravity;
        for (; entry < page->incident_count &&
               smini_page_address_order(&entries[entry].device, &subject->address) == 0;
             entry++) {
            work->numbers[entry] = entries[entry].number;
            subject->incident_count++;
        }
    }
}

int32_t smini_page_subjects(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    work->subject_room = page->device_count + page->incident_count;
    if (work->subject_room == 0)
        return SMIN_OK;
    size_t count = page->incident_count ? page->incident_count : 1;
    struct entry *entries = smini_alloc_array(work->alloc, count, sizeof(*entries));
    struct smini_incident_address *actors = smini_alloc_array(work->alloc, count, sizeof(*actors));
    work->numbers = smini_alloc_array(work->alloc, count, sizeof(*work->numbers));
    work->subjects = smini_alloc_array(work->alloc, work->subject_room, sizeof(*work->subjects));
    bool room = entries && actors && work->numbers && work->subjects && smini_page_index_files(work) == SMIN_OK;
    for (uint32_t i = 0; i < page->incident_count && room; i++) {
        entries[i].device = page->incidents[i].incident->device;
        entries[i].gravity = smini_page_gravity(page->incidents[i].incident);
        entries[i].number = i;
        actors[i] = page->incidents[i].incident->actor;
    }
    if (room) {
        qsort(entries, page->incident_count, sizeof(*entries), entry_order);
        qsort(actors, page->incident_count, sizeof(*actors), actor_order);
        join(work, entries, actors);
    }
    smini_alloc_free(work->alloc, entries, count * sizeof(*entries));
    smini_alloc_free(work->alloc, actors, count * sizeof(*actors));
    for (uint32_t i = 0; i < work->subject_count; i++) {
        struct smini_page_subject *subject = &work->subjects[i];
        judge_on(page, subject);
        judge_abused(page, subject);
        subject->left = judge_moved(page, subject, false);
        subject->came = judge_moved(page, subject, true);
        judge_authorised(page, subject);
    }
    if (!room)
        return SMIN_E_NOMEM;
    judge_unordered(work);
    qsort(work->subjects, work->subject_count, sizeof(*work->subjects), subject_order);
    return SMIN_OK;
}

void smini_page_subjects_free(struct smini_page_work *work)
{
    size_t count = work->page->incident_count ? work->page->incident_count : 1;
    smini_alloc_free(work->alloc, work->numbers, count * sizeof(*work->numbers));
    smini_alloc_free(work->alloc, work->subjects, work->subject_room * sizeof(*work->subjects));
    smini_alloc_free(work->alloc, work->digests, work->digest_room * sizeof(*work->digests));
    work->digests = NULL;
    work->numbers = NULL;
    work->subjects = NULL;
    work->subject_count = 0;
}
