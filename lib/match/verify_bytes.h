/* SPDX-License-Identifier: BSD-2-Clause */
/* The byte_ options on the bytes at hand. Internal to lib/match. */
#ifndef SMINI_MATCH_VERIFY_BYTES_H
#define SMINI_MATCH_VERIFY_BYTES_H

#include "match/verify.h"

/* What an operand stands for now. Values too large for any position are cut to one that lies behind every buffer. */
int64_t smini_verify_operand(const struct smini_verify *verify, struct smini_operand operand);

/* Each says whether it holds; all but the first move the cursor when they do. */
bool smini_verify_byte_test(const struct smini_verify *verify, const struct smini_byte_test *test, int64_t cursor);
bool smini_verify_byte_jump(const struct smini_verify *verify, const struct smini_byte_jump *jump, int64_t *cursor);
bool smini_verify_byte_extract(struct smini_verify *verify, const struct smini_byte_extract *extract, int64_t *cursor);
bool smini_verify_byte_math(struct smini_verify *verify, const struct smini_byte_math *math, int64_t *cursor);

#endif
