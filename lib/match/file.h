/* SPDX-License-Identifier: BSD-2-Clause */
/* Files in, hits out: each is judged once, by its beginning and its name, for the rules that look at files. */
#ifndef SMINI_MATCH_FILE_H
#define SMINI_MATCH_FILE_H

#include "match/matcher.h"

struct smini_file_facts {
    uint32_t direction;      /* of its bytes */
    uint8_t protocol;        /* IP's number */
    bool more;               /* the file goes on behind `data` */
    bool name_more;          /* the name behind `name` */
    const char *transfer;    /* name of the inspector that hands it over */
    struct smini_span name;  /* without bytes: not known */
    struct smini_span data;
};

/* Does any rule look at files? And at their contents? */
bool smini_database_wants_files(const struct smini_database *database);
bool smini_database_wants_file_data(const struct smini_database *database);

/*
 * SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM as in smini_match_message. Offsets of hits are those of `data`. `*undecided`:
 * some rule did not match that may match further on in the file.
 */
int32_t smini_match_file(struct smini_matcher *matcher, const struct smini_flow_facts *facts,
                         const struct smini_file_facts *file, bool *undecided, struct smini_hits *hits);

#endif
