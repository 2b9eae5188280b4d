/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the page share. Each part writes one section and knows nothing of the others. */
#ifndef SMINI_PAGE_PARTS_H
#define SMINI_PAGE_PARTS_H

#include "base/sha256.h"
#include "report/html.h"

/* Missing evidence is unknown, never no. */
enum smini_answer { SMINI_ANSWER_UNKNOWN, SMINI_ANSWER_NO, SMINI_ANSWER_YES };

/* An answer, why, and where that can be seen. */
struct smini_page_finding {
    enum smini_answer answer;
    const char *why;             /* ours; NULL: evidence says it */
    struct smini_span evidence;  /* a sentence of the incident layer, foreign */
    const char *capture;         /* NULL: no single packet */
    uint64_t packet;
};

/* A device and everything that was done to it. */
struct smini_page_subject {
    struct smini_incident_address address;
    const struct smini_device *device; /* NULL: known from incidents alone */
    const uint32_t *incidents;         /* numbers of page->incidents, gravest first */
    uint32_t incident_count;
    uint32_t gravity; /* of the gravest */
    bool ordered;     /* to do what changes it or takes something from it */
    struct smini_page_finding on, abused, left, came, authorised;
};

struct smini_page_work {
    const struct smini_page *page;
    struct smini_html *html;
    struct smini_alloc *alloc;
    struct smini_page_subject *subjects; /* gravest first */
    uint32_t subject_count;
    uint32_t subject_room;
    uint32_t *numbers;        /* what the subjects' `incidents` point into */
    const uint8_t **digests;  /* of the files of incidents, ascending */
    size_t digest_count, digest_room;
};

/* More was seen of the device than questions. */
static inline bool smini_page_noteworthy(const struct smini_page_subject *subject)
{
    return subject->ordered || subject->left.answer == SMINI_ANSWER_YES || subject->came.answer == SMINI_ANSWER_YES;
}

/* Files that moved at least in part. Of encrypted bytes nobody can say what moved which way. */
static inline bool smini_page_moved(const struct smini_incident_file *file)
{
    return file->size > 0 && file->state != SMINI_TRANSFER_REFUSED && file->state != SMINI_TRANSFER_SEALED;
}

static inline bool smini_page_whole(const struct smini_incident_file *file)
{
    return file->gap_bytes == 0 && (file->state == SMINI_TRANSFER_CLOSED || file->state == SMINI_TRANSFER_UNCONFIRMED);
}

/* Orders that change a device or take something from it; not probes, nor damage, nor what a listed director asks for. */
bool smini_page_is_order(enum smini_verdict verdict);
uint32_t smini_page_gravity(const struct smini_incident *incident);
int smini_page_address_order(const struct smini_incident_address *a, const struct smini_incident_address *b);

/* Contents and path of a file that an incident names; NULL when nothing was kept. */
const struct smini_page_file *smini_page_contents(const struct smini_page *page, const struct smini_incident_file *file);
/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_page_index_files(struct smini_page_work *work);
/* True when an incident rests on a file of this digest. */
bool smini_page_belongs(const struct smini_page_work *work, const struct smini_page_file *file);

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_page_subjects(struct smini_page_work *work);
void smini_page_subjects_free(struct smini_page_work *work);

/* words.c: what is said, in sentences and in few words. */
const char *smini_words_ordered(enum smini_verdict verdict);  /* "hand over its configuration" */
const char *smini_words_asked(enum smini_verdict verdict);    /* "asked for the configuration", for pictures */
const char *smini_words_verdict_title(enum smini_verdict verdict);
const char *smini_words_verdict_meaning(enum smini_verdict verdict);
const char *smini_words_outcome_meaning(enum smini_outcome outcome);
const char *smini_words_state(uint8_t state); /* of a transfer */
const char *smini_words_technique(const char *id);
const char *smini_words_tone(uint32_t severity); /* class of the style sheet */
void smini_words_sentence(struct smini_page_work *work, const struct smini_page_subject *subject);

/* The sections, in the order of the page. */
void smini_page_style(struct smini_html *html);
void smini_page_style_digest(struct smini_html *html);
void smini_page_verdict(struct smini_page_work *work);
int32_t smini_page_timeline(struct smini_page_work *work);
int32_t smini_page_talk(struct smini_page_work *work);
void smini_page_incidents(struct smini_page_work *work);
int32_t smini_page_configurations(struct smini_page_work *work);
void smini_page_steps(struct smini_page_work *work);
void smini_page_appendix(struct smini_page_work *work);

/* Long lists of the verdict and of the incidents, which stand in the appendix. */
void smini_page_quiet_devices(struct smini_page_work *work);
void smini_page_further_incidents(struct smini_page_work *work);

/* Small pieces that several sections use. */
void smini_piece_chip(struct smini_html *html, const char *tone, const char *text);
void smini_piece_answer(struct smini_html *html, enum smini_answer answer, bool yes_is_good);
void smini_piece_place(struct smini_html *html, const char *capture, uint64_t packet);
void smini_piece_incident_link(struct smini_html *html, uint32_t number, bool name_it);
void smini_piece_left_out(struct smini_html *html, uint64_t count, const char *what);
void smini_piece_head(struct smini_html *html, const char *const *titles, uint32_t count, const char *class);

#endif
