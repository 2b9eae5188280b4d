/* SPDX-License-Identifier: BSD-2-Clause */
/* A labelled table of texts: is Smart Install on? No wrong yes, no wrong no. */
#include "device/vstack.h"
#include "tests/support/guard_page.h"

#include <criterion/criterion.h>

enum { TEXT_ROOM = 2048 };

#define TCP_HEAD "TCB       Local Address               Foreign Address             (state)\n"
#define HTTP_ROW "053FB0F8  *.80                        *.*                         LISTEN\n"
#define SMI_ROW "053FB1A0  *.4786                      *.*                         LISTEN\n"

static const struct labelled {
    const char *text;
    enum smini_answer enabled;
    uint32_t line; /* of the proof */
    enum smini_vstack_role role;
    const char *director;
} labelled[] = {
    /* configurations */
    {"hostname a\nno vstack\nend\n", SMINI_NO, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"hostname a\r\nno vst\r\n", SMINI_NO, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"NO VSTACK", SMINI_NO, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"vstack\n", SMINI_YES, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"hostname a\nend\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"vstack director 192.0.2.1\nvstack basic\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"no vstack backup\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"default vstack\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"no vstack\nvstack\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"! no vstack\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"banner motd ^C\nno vstack\n^C\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"banner motd ~ no end\nno vstack\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"macro name m\nno vstack\n@\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"event manager applet a\n action 1 cli command \"no vstack\"\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"interface Vlan1\n description no vstack\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"a(config)#no vstack\n% Invalid input detected\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    /* show vstack config */
    {"a#show vstack config\n Role: Client (SmartInstall enabled)\n Vstack Director IP address: 0.0.0.0\n", SMINI_YES, 2,
     SMINI_VSTACK_ROLE_CLIENT, NULL},
    {"Role: Client (SmartInstall disabled)\n", SMINI_NO, 1, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {" Capability: Client\n Oper Mode: Enabled\n Role: Client\n", SMINI_YES, 2, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {" Capability: Client\n Oper Mode: Dormant\n Role: Client\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {"Role: Client\nVstack Director IP address: 192.0.2.7\n", SMINI_YES, 1, SMINI_VSTACK_ROLE_CLIENT, "192.0.2.7"},
    {"Role: Client\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {" Capability: Client\n Oper Mode: Enabled\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"Role: Director\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_DIRECTOR, NULL},
    {"Role: Director (SmartInstall enabled)\n", SMINI_YES, 1, SMINI_VSTACK_ROLE_DIRECTOR, NULL},
    {"Role: Client (SmartInstall enabled)\nRole: Client (SmartInstall disabled)\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {"Role: Client (SmartInstall enab", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {"description Role: Client (SmartInstall enabled)\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"The client is enabled\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    /* show tcp brief all */
    {"a#show tcp brief all\n" TCP_HEAD HTTP_ROW SMI_ROW "a#", SMINI_YES, 4, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {TCP_HEAD "05  192.0.2.1.4786  *.*  LISTEN\n", SMINI_YES, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"a#show tcp brief all\n" TCP_HEAD HTTP_ROW "a#\n", SMINI_NO, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"a#show tcp brief all\n" TCP_HEAD HTTP_ROW, SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"a#show tcp brief all\n" TCP_HEAD HTTP_ROW " --More-- ", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"a#show tcp brief\n" TCP_HEAD "05 192.0.2.1.23 192.0.2.9.5000 ESTAB\na#\n", SMINI_UNKNOWN, 2, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {TCP_HEAD "05 192.0.2.1.23 192.0.2.9.4786 ESTAB\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {TCP_HEAD "05 *.47860 *.* LISTEN\n", SMINI_UNKNOWN, 1, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"05 *.4786 *.* LISTEN\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    /* several at once */
    {"a#show run\nno vstack\nend\na#show tcp brief all\n" TCP_HEAD SMI_ROW "a#", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"no vstack\nRole: Client (SmartInstall disabled)\n", SMINI_NO, 2, SMINI_VSTACK_ROLE_CLIENT, NULL},
    {"hostname a\nend\na#show vstack config\nRole: Client (SmartInstall enabled)\n", SMINI_YES, 4, SMINI_VSTACK_ROLE_CLIENT, NULL},
    /* what is none of it */
    {"\x7f" "ELF\0\1\2", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
    {"set system services ssh\nset system host-name x\n", SMINI_UNKNOWN, 0, SMINI_VSTACK_ROLE_UNKNOWN, NULL},
};

Test(vstack, every_labelled_text_gives_its_answer_with_its_proof)
{
    struct guard_page page;
    guard_page_open(&page, TEXT_ROOM);
    for (size_t i = 0; i < sizeof(labelled) / sizeof(labelled[0]); i++) {
        struct smini_vstack vstack;
        size_t length = strlen(labelled[i].text);
        smini_vstack_read(&vstack, smini_span_make(guard_page_put(&page, labelled[i].text, length), length));
        const char *director = labelled[i].director;
        cr_expect_eq(vstack.enabled.answer, labelled[i].enabled, "%s: %s", labelled[i].text,
                     smini_answer_name(vstack.enabled.answer));
        cr_expect_str_neq(vstack.enabled.reason, "");
        if (labelled[i].enabled != SMINI_UNKNOWN || labelled[i].line == 0)
            cr_expect_eq(vstack.enabled.line, labelled[i].line, "%s: %u", labelled[i].text, vstack.enabled.line);
        else
            cr_expect(vstack.configured.line == labelled[i].line || vstack.shown.line == labelled[i].line ||
                          vstack.listening.line == labelled[i].line, "%s", labelled[i].text);
        cr_expect_eq(vstack.role, labelled[i].role, "%s", labelled[i].text);
        cr_expect_eq(vstack.director_count, director ? 1 : 0, "%s", labelled[i].text);
        if (director)
            cr_expect(smini_span_equal(vstack.directors[0], smini_span_text(director)));
    }
    guard_page_close(&page);
}

Test(vstack, directors_are_told_once_each_and_more_than_fit_are_counted)
{
    static const char text[] = "Vstack Director IP address: 192.0.2.1\nVstack Director IP address: 192.0.2.1\n"
                               "Vstack Director IP address: 192.0.2.2\nVstack Director IP address: none\n"
                               "Vstack Director IP address: 192.0.2.3\nVstack Director IP address: 192.0.2.4\n"
                               "Vstack Director IP address: 192.0.2.5\nVstack Director IP address: 192.0.2.6\n"
                               "Vstack Director IP address: 192.0.2.7\nVstack Director IP address: 192.0.2.8\n";
    struct smini_vstack vstack;
    smini_vstack_read(&vstack, smini_span_text(text));
    cr_expect_eq(vstack.director_count, SMINI_VSTACK_DIRECTORS_MOST);
    cr_expect(!vstack.more_directors);
    cr_expect_eq(vstack.director_lines[1], 3);
    static const char one_more[] = "Vstack Director IP address: 192.0.2.9\n";
    char both[sizeof(text) + sizeof(one_more)];
    memcpy(both, text, sizeof(text) - 1);
    memcpy(both + sizeof(text) - 1, one_more, sizeof(one_more));
    smini_vstack_read(&vstack, smini_span_text(both));
    cr_expect(vstack.more_directors);
}

Test(fact, proofs_join_to_what_none_of_them_contradicts)
{
    static const struct smini_fact yes = {SMINI_YES, 1, "a"}, no = {SMINI_NO, 2, "b"}, unknown = {SMINI_UNKNOWN, 0, "c"};
    const struct smini_fact sets[][3] = {{unknown, yes, unknown}, {unknown, unknown, no}, {yes, no, unknown},
                                         {yes, no, no},           {yes, no, yes},         {unknown, unknown, unknown}};
    static const enum smini_answer answers[] = {SMINI_YES, SMINI_NO, SMINI_UNKNOWN, SMINI_UNKNOWN, SMINI_UNKNOWN, SMINI_UNKNOWN};
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        cr_expect_eq(smini_fact_join(sets[i], 3).answer, answers[i], "%zu", i);
    cr_expect_eq(smini_fact_join(sets[0], 3).line, 1);
    cr_expect_str_eq(smini_answer_name(SMINI_YES), "yes");
}
