/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules that are shipped, and what they say of every vector. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "smin/status.h"
#include "tests/support/hexfile.h"
#include "tests/unit/match/match_run.h"

static char *slurp(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert(file != NULL, "%s can be read", path);
    char *text = calloc(1, 1 << 20);
    size_t length = fread(text, 1, (1 << 20) - 1, file);
    cr_assert(length > 0 || strstr(path, ".expected"), "%s is empty", path);
    (void)fclose(file);
    return text;
}

/* The shipped rules with those that are off turned on, their text kept in its place. */
static char *shipped_rules(void)
{
    char *rules = slurp(SMIN_TESTS_SRCDIR "/rules/smin.rules");
    for (char *off = strstr(rules, "# alert"); off; off = strstr(off, "# alert"))
        memcpy(off, "  alert", 7);
    return rules;
}

static const char *metadata(const struct smini_rule *rule, const char *key)
{
    for (uint32_t i = 0; i < rule->metadata_count; i++)
        if (strcmp(rule->metadata[i].name, key) == 0)
            return rule->metadata[i].value;
    return NULL;
}

Test(shipped, every_rule_is_read_without_a_word_and_says_what_it_should)
{
    static const char *const needed[] = {"created_at", "updated_at", "attack_target", "signature_severity", "confidence",
                                         "mitre_tactic_id", "mitre_tactic_name", "mitre_technique_id",
                                         "mitre_technique_name"};
    struct match_run run;
    char *rules = shipped_rules();
    match_run_open(&run, rules, SMINI_SCANNER_BEST, NULL);
    cr_expect(smini_rule_set_diagnostic_count(run.rules) == 0, "not even a warning");
    cr_expect(smini_rule_set_count(run.rules) > 30);
    for (uint32_t i = 0; i < smini_rule_set_count(run.rules); i++) {
        const struct smini_rule *rule = smini_rule_set_rule(run.rules, i);
        cr_expect(rule->sid >= 9478600 && rule->sid <= 9478699, "%u is in our range", rule->sid);
        cr_expect(strncmp(rule->msg, "SMIN ", 5) == 0 && rule->category[0] && rule->rev > 0, "%u", rule->sid);
        for (size_t k = 0; k < sizeof(needed) / sizeof(needed[0]); k++)
            cr_expect(metadata(rule, needed[k]) != NULL, "%u has %s", rule->sid, needed[k]);
        cr_expect((strstr(rule->msg, "CVE-2018-0171") != NULL) == (metadata(rule, "cve") != NULL), "%u", rule->sid);
    }
    match_run_close(&run);
    free(rules);
}

/* SMIN_UPDATE_EXPECTED writes what is found, to be read before it is committed. */
Test(shipped, every_vector_gets_the_alerts_that_are_expected_of_it)
{
    static char found[1 << 16];
    char *expected = slurp(SMIN_TESTS_SRCDIR "/tests/unit/match/shipped.expected");
    char *rules = shipped_rules();
    size_t count;
    size_t at = 0;
    const char *const *names = hexfile_names(&count);
    for (size_t i = 0; i < count; i++) {
        static struct hexfile file;
        struct match_run run;
        hexfile_vector(names[i], &file);
        match_run_open(&run, rules, SMINI_SCANNER_BEST, NULL);
        run.direction = names[i][0] == 'r' && strncmp(names[i], "r09", 3) != 0 ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
        const char *alerts = match_run_decoded(&run, file.bytes, file.length);
        /* Several messages in one vector are the exception. */
        cr_expect(!strchr(alerts, ' ') || strstr(names[i], "pipelined"), "%s alerts twice: %s", names[i], alerts);
        at += (size_t)snprintf(found + at, sizeof(found) - at, "%s: %s\n", names[i], alerts);
        match_run_close(&run);
    }
    if (getenv("SMIN_UPDATE_EXPECTED")) {
        FILE *file = fopen(SMIN_TESTS_SRCDIR "/tests/unit/match/shipped.expected", "w");
        cr_assert(file != NULL);
        (void)fputs(found, file);
        (void)fclose(file);
    }
    cr_expect(strcmp(found, expected) == 0, "see shipped.expected");
    free(rules);
    free(expected);
}

/* Rules of the public sets' shapes, in our own words: fixed header bytes, then a word. On a director's port. */
Test(shipped, rules_in_the_shape_of_the_public_ones_see_what_they_are_for)
{
    static const char text[] =
        "alert tcp any any -> any 4786 (flow:established,to_server; content:\"|00 00 00 01 00 00 00 01 00 00 00 02|\"; "
        "depth:12; content:\"tftp|3a|//\"; nocase; sid:2;)\n"
        "alert tcp $EXTERNAL_NET any -> $HOME_NET 4786 (flow:to_server,established; "
        "content:\"|00 00 00 01 00 00 00 01 00 00 00 03 00 00 01 28|\"; depth:16; content:\"|3a|//\"; distance:0; sid:3;)\n"
        "alert tcp any any -> any 4786 (flow:established,to_server; "
        "content:\"|00 00 00 02 00 00 00 01 00 00 00 05|\"; depth:12; content:\"TFTP|3a|//\"; nocase; sid:5;)\n"
        "alert tcp any any -> any 4786 (flow:established,to_server; "
        "content:\"|00 00 00 01 00 00 00 01 00 00 00 08 00 00 04 08|\"; depth:16; content:\"copy|20|\"; distance:0; sid:8;)\n"
        "alert tcp any any -> any 4786 (content:\"|00 00 00|\"; depth:3; content:\"|00 00 00 07|\"; offset:8; depth:4; "
        "content:\"|00 00 00 01|\"; distance:4; within:4; byte_test:4,>,28,0,relative; sid:7;)\n"
        "alert tcp any any -> any 4786 (flow:established,only_stream; content:\"|00 00 00 01 00 00 00 01|\"; depth:8; sid:1;)";
    static const char *const rows[][2] = {
        {"t02_download_image_now", "2 1"},       {"t03_download_config_sched", "3 1"},
        {"t05_execute", "5"},                    {"t08_backup_tlv3_siet", "8 1"},
        {"t08_backup_tlv2_tftpserver", "1"},     {"t07_init_discovery_29", "7 1"},
        {"t07_init_discovery_28", "1"},          {"t04_capabilities_req_v0", ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        static struct hexfile file;
        struct match_run run;
        hexfile_vector(rows[i][0], &file);
        match_run_open(&run, text, SMINI_SCANNER_BEST, NULL);
        cr_expect(strcmp(match_run_decoded(&run, file.bytes, file.length), rows[i][1]) == 0, "%s gave %s", rows[i][0],
                  run.hits);
        match_run_close(&run);
    }
}

/* The public sets themselves are not ours to ship: SMIN_PUBLIC_RULES names the folder they lie in. */
Test(shipped, the_public_rules_load_unchanged_when_they_are_there)
{
    const char *folder = getenv("SMIN_PUBLIC_RULES");
    static const char *const files[] = {"et-smart-install.rules", "snort-community-smart-install.rules"};
    static const char *const rows[][2] = {
        {"t02_download_image_now", "2025520 2025519 41724"}, {"t03_download_config_sched", "2025521 2025519 41723"},
        {"t05_execute", "41725"},                            {"t08_backup_tlv3_siet", "2025522 2025519 41722"},
        {"t08_backup_tlv2_tftpserver", "2025519"},           {"t04_capabilities_req_v1", "2025519"},
    };
    if (!folder)
        cr_skip("SMIN_PUBLIC_RULES is not set: the public rules are not shipped");
    static char both[1 << 16];
    for (size_t i = 0; i < 2; i++) {
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
        char *text = slurp(path);
        (void)strncat(both, text, sizeof(both) - strlen(both) - 1);
        free(text);
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        static struct hexfile file;
        struct match_run run;
        hexfile_vector(rows[i][0], &file);
        match_run_open(&run, both, SMINI_SCANNER_BEST, NULL);
        cr_expect(strcmp(match_run_decoded(&run, file.bytes, file.length), rows[i][1]) == 0, "%s gave %s", rows[i][0],
                  run.hits);
        match_run_close(&run);
    }
}
