/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/transfer.h"

#include <string.h>

/* Suricata's words, and the inspectors whose files they mean. It names the two channels of FTP apart, we do not. */
static const struct {
    const char *word;
    const char *inspector;
} words[] = {{"tftp", "tftp"}, {"http", "http"}, {"http1", "http"}, {"ftp", "ftp"}, {"ftp-data", "ftp"}};

enum { WORDS = sizeof(words) / sizeof(words[0]) };

uint32_t smini_transfer_number(struct smini_span word)
{
    for (uint32_t i = 0; i < WORDS; i++)
        if (smini_span_equal_nocase(word, smini_span_text(words[i].word)))
            return i + 1;
    return 0;
}

const char *smini_transfer_word(uint32_t number)
{
    return number >= 1 && number <= WORDS ? words[number - 1].word : "";
}

bool smini_transfer_is(uint32_t number, const char *inspector)
{
    return number >= 1 && number <= WORDS && strcmp(words[number - 1].inspector, inspector) == 0;
}
