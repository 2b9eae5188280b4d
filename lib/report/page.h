/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.html: one page without scripts and without anything it would have to
 * fetch, for whoever answers an incident, their management and the network
 * team. It is well-formed XML, too. No I/O, no clock: the same facts give the
 * same bytes.
 *
 * Texts that came from the network are escaped, and secrets in them are
 * masked; what masks them is in secret.h.
 */
#ifndef SMINI_PAGE_H
#define SMINI_PAGE_H

#include "incident/incident.h"

/* Takes bytes in order. Zero while it can; after anything else nothing more is handed on. */
struct smini_page_sink {
    int (*write)(void *user, const uint8_t *bytes, size_t length);
    void *user;
};

struct smini_page_input {
    const char *name;
    uint64_t bytes, packets;
    uint64_t first_ns, last_ns; /* of its packets; both 0: none */
    bool has_digest;
    uint8_t sha256[SMINI_TRANSFER_SHA256];
    const char *trouble; /* why it was not read to its end; NULL: it was */
};

/* A file that moved. Those whose digest an incident names are told with it, the others apart. */
struct smini_page_file {
    struct smini_span name, protocol, type;
    struct smini_incident_address client, server; /* client asked for the transfer */
    bool to_server;                               /* where the contents went */
    bool has_digest;
    uint8_t state; /* SMINI_TRANSFER_* */
    uint8_t sha256[SMINI_TRANSFER_SHA256];
    uint8_t md5[SMINI_TRANSFER_MD5];
    uint64_t size, gap_bytes;
    const char *capture;
    uint64_t packet, time_ns;
    const char *path;           /* of its contents, relative to the page; NULL: they were not kept */
    struct smini_span contents; /* where they are text, or the beginning of it; empty: not text, or not kept */
};

struct smini_page_incident {
    const struct smini_incident *incident;
    const char *slice; /* of the packets it rests on, relative to the page; NULL: none */
};

struct smini_page {
    const char *tool;         /* "smin-replay 0.1.0" */
    const char *rules_digest; /* hexadecimal; NULL: no rules */
    uint32_t rule_count;
    uint64_t packets;
    uint64_t first_ns, last_ns;
    const char *const *shortfalls; /* sentences: why the run is not complete, limits that were reached */
    uint32_t shortfall_count;
    const struct smini_incident_network *directors, *file_servers; /* that were listed */
    uint32_t director_count, file_server_count;
    const struct smini_page_input *inputs;
    uint32_t input_count;
    const struct smini_device *const *devices; /* as smini_incident_device gives them */
    uint32_t device_count;
    const struct smini_page_incident *incidents; /* as smini_incident_get gives them */
    uint32_t incident_count;
    uint64_t incidents_left_out;
    const struct smini_page_file *files;
    uint32_t file_count;
};

/* What a page shows of one file, and how many pictures, sections and rows it has at most; what is left out is told. */
enum {
    SMINI_PAGE_LINES_MAX = 2000,    /* of one configuration: beyond what a large switch has */
    SMINI_PAGE_TEXT_MAX = 400,      /* bytes of one text from the network */
    SMINI_PAGE_SECTIONS_MAX = 100,  /* incidents told in full; the others are rows of a table */
    SMINI_PAGE_ROWS_MAX = 1000,     /* of a table */
    SMINI_PAGE_DEVICES_MAX = 200    /* drawn each for itself in the picture */
};

/*
 * SMIN_OK; SMIN_E_NOMEM: what was handed on is no whole page; SMIN_E_IO: the
 * sink refused. Whatever it gives, all memory went back.
 */
int32_t smini_page_write(const struct smini_page *page, struct smini_alloc *alloc, const struct smini_page_sink *sink);

#endif
