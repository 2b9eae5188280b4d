/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>

#include "incident/internal.h"

static const struct {
    const char *text, *inside, *outside; /* NULL: refused */
} networks[] = {
    {"192.0.2.1", "192.0.2.1", "192.0.2.2"},
    {"192.0.2.0/24", "192.0.2.255", "192.0.3.0"},
    {"192.0.2.128/25", "192.0.2.200", "192.0.2.127"},
    {"10.0.0.0/9", "10.127.0.1", "10.128.0.1"},
    {"0.0.0.0/0", "203.0.113.7", "2001:db8::1"},
    {"2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1"},
    {"::1", "::1", "::2"},
    {"::ffff:192.0.2.1", "192.0.2.1", "192.0.2.2"},
    {"::ffff:192.0.2.0/120", "192.0.2.255", "192.0.3.0"},
    {"::ffff:0:0/96", "203.0.113.7", "::1"},
    {"192.0.2.1/33", NULL, NULL},
    {"192.0.2.1/", NULL, NULL},
    {"192.0.2.1/x", NULL, NULL},
    {"192.0.2.1/0008", NULL, NULL},
    {"192.0.2", NULL, NULL},
    {"2001:db8::/129", NULL, NULL},
    {"", NULL, NULL},
    {"director", NULL, NULL},
};

Test(address, networks_are_read_and_matched)
{
    for (size_t i = 0; i < sizeof(networks) / sizeof(networks[0]); i++) {
        struct smini_incident_network network;
        struct smini_incident_address in, out;
        int32_t status = smini_incident_parse_network(smini_span_text(networks[i].text), &network);
        cr_assert_eq(status == SMIN_OK, networks[i].inside != NULL, "%s", networks[i].text);
        if (status != SMIN_OK)
            continue;
        cr_assert_eq(smini_incident_address_parse(smini_span_text(networks[i].inside), &in), SMIN_OK);
        cr_assert_eq(smini_incident_address_parse(smini_span_text(networks[i].outside), &out), SMIN_OK);
        cr_expect(smini_incident_in_networks(&in, &network, 1), "%s", networks[i].text);
        cr_expect(!smini_incident_in_networks(&out, &network, 1), "%s", networks[i].text);
    }
}

Test(address, host_of_a_url_is_found)
{
    static const char *const urls[][2] = {{"tftp://192.0.2.1/a", "192.0.2.1"},
                                          {"ftp://user:word@192.0.2.1:21/a", "192.0.2.1"},
                                          {"http://[2001:db8::1]:80/x", "2001:db8::1"},
                                          {"tftp://files", "files"},
                                          {"flash:/config.text", ""},
                                          {"tftp:", ""},
                                          {"", ""}};
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        struct smini_span host = smini_url_host(smini_span_text(urls[i][0]));
        cr_expect(smini_span_equal(host, smini_span_text(urls[i][1])), "%s", urls[i][0]);
    }
}

static struct smini_key key_of(uint64_t number)
{
    struct smini_key key = {{number % 7, number}};
    return key;
}

Test(keymap, agrees_with_an_array_through_puts_and_removes)
{
    enum { KEYS = 500 };
    bool there[KEYS] = {false};
    struct smini_alloc alloc;
    struct smini_keymap map;
    uint32_t state = 1;
    smini_alloc_init(&alloc, 0);
    smini_keymap_init(&map, &alloc, 7);
    for (int step = 0; step < 20000; step++) {
        state = state * 1664525U + 1013904223U;
        uint32_t number = (state >> 8) % KEYS;
        struct smini_key key = key_of(number);
        uint32_t found = smini_keymap_get(&map, &key);
        cr_assert_eq(found, there[number] ? number + 1 : SMINI_KEY_ABSENT);
        if (there[number])
            smini_keymap_remove(&map, &key);
        else
            cr_assert_eq(smini_keymap_put(&map, &key, number), SMIN_OK);
        there[number] = !there[number];
    }
    smini_keymap_free(&map);
    cr_assert_eq(alloc.used, 0U);
}

Test(phrase, too_long_ends_in_dots)
{
    struct smini_phrase phrase = {.length = 0};
    for (int i = 0; i < 1000; i++)
        smini_phrase_say(&phrase, "0123456789");
    cr_expect_eq(phrase.length, (size_t)SMINI_PHRASE_BYTES);
    cr_expect_eq(memcmp(phrase.bytes + SMINI_PHRASE_BYTES - 4, "0...", 4), 0);
}
