/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "rule/integer.h"

struct row {
    const char *text;
    uint64_t value;
    int holds; /* -1: the text is refused */
};

static const struct row rows[] = {
    {"8", 8, 1},         {"8", 9, 0},           {"=0x10", 16, 1},      {"!8", 8, 0},          {"!=8", 9, 1},
    {">8", 8, 0},        {">8", 9, 1},          {">=8", 8, 1},         {"<8", 8, 0},          {"<=8", 8, 1},
    {"1-4", 1, 0},       {"1-4", 2, 1},         {"1-4", 4, 0},         {"1<>4", 3, 1},        {"!1-4", 1, 1},
    {"!1-4", 2, 0},      {"&0xc0=0x80", 0x81, 1}, {"&0xc0=0x80", 0xc1, 0}, {"&0xc0!=0", 0x40, 1}, {"!&0xc0=0x80", 0x81, 0},
    {"1kb", 1024, 1},    {"2MiB", 2097152, 1},  {" 8 ", 8, 1},         {"1-2", 0, -1},        {"4-1", 0, -1},
    {"", 0, -1},         {">", 0, -1},          {"0x", 0, -1},         {"8,any", 0, -1},      {"18446744073709551616", 0, -1},
    {"99999999999gb", 0, -1}, {"&1", 0, -1},    {"-1", 0, -1},         {"1-", 0, -1},
};

Test(integer, conditions_hold_as_suricata_documents_them)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
        const char *problem = smini_integer_parse(smini_span_text(rows[i].text), &test);
        int holds = problem ? -1 : smini_integer_holds(&test, rows[i].value) ? 1 : 0;
        cr_expect(holds == rows[i].holds, "\"%s\" on %lu gave %d: %s", rows[i].text, (unsigned long)rows[i].value,
                  holds, problem ? problem : "");
    }
}
