/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/keyword_slot.h"

/* The numbers are octal constants, put together from a prefix and one more digit. */
#define SLOT(number) \
    static int set_up_##number(struct smini_engine_detect *detect, struct smini_engine_signature *signature, \
                               const char *text) \
    { \
        return smini_suricata_keyword_set_up(number, detect, signature, text); \
    } \
    static bool get_##number(const void *transaction, uint8_t flow_flags, const uint8_t **bytes, uint32_t *length) \
    { \
        (void)flow_flags; \
        return smini_suricata_keyword_get(number, transaction, 0, bytes, length); \
    } \
    static bool get_many_##number(struct smini_engine_detect_thread *thread, const void *transaction, \
                                  uint8_t flow_flags, uint32_t index, const uint8_t **bytes, uint32_t *length) \
    { \
        (void)thread; \
        (void)flow_flags; \
        return smini_suricata_keyword_get(number, transaction, index, bytes, length); \
    }

#define ROW(number) {set_up_##number, get_##number, get_many_##number},

#define EIGHT(what, prefix) \
    what(prefix##0) what(prefix##1) what(prefix##2) what(prefix##3) what(prefix##4) what(prefix##5) what(prefix##6) \
        what(prefix##7)
#define ALL(what) \
    EIGHT(what, 00) EIGHT(what, 01) EIGHT(what, 02) EIGHT(what, 03) EIGHT(what, 04) EIGHT(what, 05) EIGHT(what, 06) \
        EIGHT(what, 07) EIGHT(what, 010) EIGHT(what, 011) EIGHT(what, 012) EIGHT(what, 013) EIGHT(what, 014) \
            EIGHT(what, 015) EIGHT(what, 016) EIGHT(what, 017)

ALL(SLOT)

const struct smini_suricata_keyword_functions smini_suricata_keyword_functions[SMINI_SURICATA_KEYWORDS] = {ALL(ROW)};

#define ONE(number) +1
_Static_assert(0 ALL(ONE) == SMINI_SURICATA_KEYWORDS, "no slot is without its functions");
