/* SPDX-License-Identifier: BSD-2-Clause */
#include <arpa/inet.h>
#include <criterion/criterion.h>

#include "rule/variables.h"
#include "smin/status.h"

struct row {
    const char *group;
    const char *address;
    int inside; /* -1: refused */
};

static const struct row rows[] = {
    {"any", "1.2.3.4", 1},
    {"10.0.0.0/8", "10.255.0.1", 1},
    {"10.0.0.0/8", "11.0.0.1", 0},
    {"10.1.2.3/255.255.0.0", "10.1.9.9", 1},
    {"10.0.0.0/0", "200.0.0.1", 1},
    {"10.0.0.5-10.0.0.7", "10.0.0.6", 1},
    {"10.0.0.5-10.0.0.7", "10.0.0.8", 0},
    {"!10.0.0.1", "10.0.0.2", 1},
    {"!10.0.0.1", "10.0.0.1", 0},
    {"[10.0.0.0/8,!10.1.0.0/16]", "10.2.0.1", 1},
    {"[10.0.0.0/8, !10.1.0.0/16]", "10.1.0.1", 0},
    {"![10.0.0.1,10.0.0.2]", "10.0.0.2", 0},
    {"![10.0.0.1,10.0.0.2]", "10.0.0.3", 1},
    {"[!10.0.0.1,!10.0.0.2]", "10.0.0.3", 1},
    {"[10.0.0.0/8,![10.1.0.0/16,!10.1.1.0/24]]", "10.1.1.1", 1},
    {"[10.0.0.0/8,![10.1.0.0/16,!10.1.1.0/24]]", "10.1.2.1", 0},
    {"$NET", "192.168.1.1", 1},
    {"!$NET", "192.168.1.1", 0},
    {"[$NET,!192.168.1.1]", "192.168.1.1", 0},
    {"2001:db8::/32", "2001:db8:1::1", 1},
    {"2001:db8::/33", "2001:db8:8000::1", 0},
    {"2001:db8::/32", "10.0.0.1", 0},
    {"!2001:db8::/32", "10.0.0.1", 1},
    {"10.0.0.0/33", "10.0.0.1", -1},
    {"10.0.0.0/255.0.255.0", "10.0.0.1", -1},
    {"10.0.0.9-10.0.0.1", "10.0.0.1", -1},
    {"10.0.0.1-2001:db8::1", "10.0.0.1", -1},
    {"[10.0.0.1", "10.0.0.1", -1},
    {"[]", "10.0.0.1", -1},
    {"[10.0.0.1,]", "10.0.0.1", -1},
    {"$NONE", "10.0.0.1", -1},
    {"!any", "10.0.0.1", -1},
    {"example.org", "10.0.0.1", -1},
};

Test(group, addresses_are_inside_as_written)
{
    struct smini_alloc alloc;
    struct smini_rule_arena arena;
    smini_alloc_init(&alloc, 0);
    smini_rule_arena_init(&arena, &alloc);
    struct smini_variables variables = {.arena = &arena};
    cr_assert(smini_variables_set(&variables, "NET", "[192.168.0.0/16]") == SMIN_OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t address[16] = {0};
        bool four = inet_pton(AF_INET, rows[i].address, address) == 1;
        cr_assert(four || inet_pton(AF_INET6, rows[i].address, address) == 1);
        struct smini_group_reader reader = {.arena = &arena, .variables = &variables, .kind = SMINI_GROUP_ADDRESS};
        const struct smini_group *group;
        int32_t status = smini_group_parse(&reader, smini_span_text(rows[i].group), &group);
        int inside = status != SMIN_OK ? -1 : smini_group_has(group, four ? 4 : 6, address) ? 1 : 0;
        cr_expect(inside == rows[i].inside, "%s in %s gave %d", rows[i].address, rows[i].group, inside);
    }
    smini_rule_arena_free(&arena);
    cr_expect(alloc.used == 0);
}

static const struct row ports[] = {
    {"80", "80", 1},      {"80:90", "90", 1},   {"80:90", "91", 0},       {"1024:", "65535", 1},
    {":1023", "0", 1},    {"!80", "81", 1},     {"[80:90,!85]", "85", 0}, {"[80:90,!85]", "86", 1},
    {"65536", "0", -1},   {":", "0", -1},       {"90:80", "0", -1},       {"http", "0", -1},
};

Test(group, ports_are_inside_as_written)
{
    struct smini_alloc alloc;
    struct smini_rule_arena arena;
    smini_alloc_init(&alloc, 0);
    smini_rule_arena_init(&arena, &alloc);
    struct smini_variables variables = {.arena = &arena};
    for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
        unsigned long port = strtoul(ports[i].address, NULL, 10);
        uint8_t bytes[2] = {(uint8_t)(port >> 8), (uint8_t)port};
        struct smini_group_reader reader = {.arena = &arena, .variables = &variables, .kind = SMINI_GROUP_PORT};
        const struct smini_group *group;
        int32_t status = smini_group_parse(&reader, smini_span_text(ports[i].group), &group);
        int inside = status != SMIN_OK ? -1 : smini_group_has(group, 0, bytes) ? 1 : 0;
        cr_expect(inside == ports[i].inside, "%s in %s gave %d", ports[i].address, ports[i].group, inside);
    }
    smini_rule_arena_free(&arena);
}
