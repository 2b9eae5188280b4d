/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that make a client a server. */
#include "decode/command.h"
#include "decode/command_word.h"

/* The file of one line: "tftp-server PLACE", behind any "configure" and "do". */
static struct smini_span served_by_line(struct smini_words words)
{
    enum { LEAD_WORDS_MOST = 4 };
    for (int i = 0; i < LEAD_WORDS_MOST; i++) {
        enum smini_verb verb = smini_verb_of(smini_words_next(&words));
        if (verb == SMINI_VERB_TFTP_SERVER)
            return smini_place_of(smini_words_next_operand(&words)).file;
        if (verb != SMINI_VERB_CONFIGURE && verb != SMINI_VERB_DO)
            break;
    }
    return smini_span_make(NULL, 0);
}

struct smini_span smini_command_served(struct smini_span command)
{
    struct smini_span file = smini_span_make(NULL, 0);
    size_t at = 0;
    while (at < command.length && file.length == 0)
        file = served_by_line(smini_words_of(smini_command_line(command, &at)));
    return file;
}
