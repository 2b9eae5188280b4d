/* SPDX-License-Identifier: BSD-2-Clause */
/* The rule languages a checked rule can be written in. */
#ifndef SMINI_RULE_DIALECT_H
#define SMINI_RULE_DIALECT_H

enum smini_dialect {
    SMINI_DIALECT_OWN,       /* what is read here: every checked rule can be said in it */
    SMINI_DIALECT_SURICATA8, /* the same words, less what Suricata 8 does not take */
    SMINI_DIALECT_SNORT3
};

#endif
