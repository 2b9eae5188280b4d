/* SPDX-License-Identifier: BSD-2-Clause */
/* What is taken for Smart Install, and above all what is not. */
#include "decode/decode.h"

#include "tests/support/hexfile.h"
#include "tests/unit/decode/decode_run.h"

#include <criterion/criterion.h>

struct other {
    const char *what;
    const char *bytes;
    size_t length;
};

#define BYTES(text) text, sizeof(text) - 1

static const struct other others[] = {
    {"Firebird, as nmap probes", BYTES("\0\0\0\1\0\0\0\x13\0\0\0\2\0\0\0\x24")},
    {"Firebird attach", BYTES("\0\0\0\1\0\0\0\x13\0\0\0\2\0\0\0\x1d\0\0\0\x0a")},
    {"ONC RPC with its record mark", BYTES("\x80\0\0\x28\x12\x34\x56\x78\0\0\0\0\0\0\0\2\0\1\x86\xa0")},
    {"NFS in a record that goes on", BYTES("\0\0\x10\0\x12\x34\x56\x78\0\0\0\0\0\0\0\2\0\1\x86\xa3")},
    {"ONC RPC reply", BYTES("\x80\0\0\x1c\0\0\0\1\0\0\0\1\0\0\0\0")},
    {"DCE-RPC bind", BYTES("\x05\0\x0b\x03\x10\0\0\0\x48\0\0\0\x01\0\0\0")},
    {"HTTP", BYTES("GET / HTTP/1.1\r\nHost: x\r\n")},
    {"TLS", BYTES("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\0\0\0\0\0")},
    {"SSH", BYTES("SSH-2.0-OpenSSH_9.2p1\r\n")},
    {"SMTP banner", BYTES("220 mail.example ESMTP\r\n")},
    {"LDAP bind", BYTES("\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\0\x80\0\0\0")},
    {"SNMP over TCP", BYTES("\x30\x29\x02\x01\0\x04\x06public\xa0\x1c\x02\x04")},
    {"DRDA", BYTES("\0\x41\xd0\x41\0\x01\0\x3b\x10\x41\0\x08\x11\x47\xd8\xc4")},
    {"SMB over NetBIOS", BYTES("\0\0\0\x54\xff" "SMBr\0\0\0\0\x18\x53\xc8")},
    {"PostgreSQL start", BYTES("\0\0\0\x52\0\x03\0\0user\0postg")},
    {"PostgreSQL TLS request", BYTES("\0\0\0\x08\x04\xd2\x16\x2f")},
    {"Kafka", BYTES("\0\0\0\x23\0\x12\0\x03\0\0\0\1\0\x07")},
    {"Telnet", BYTES("\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27\xff\xfb\x03\xff")},
    {"Modbus", BYTES("\0\1\0\0\0\6\1\3\0\0\0\x0a\0\0\0\0")},
    {"integers from zero", BYTES("\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\3")},
    {"integers, a count and values", BYTES("\0\0\0\5\0\0\0\1\0\0\0\2\0\0\0\3")},
    {"little-endian integers", BYTES("\1\0\0\0\1\0\0\0\4\0\0\0\x08\0\0\0")},
    {"ones", BYTES("\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\1")},
    {"a capabilities request that is too long", BYTES("\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\x09")},
    {"a type of the wrong sender", BYTES("\0\0\0\2\0\0\0\1\0\0\0\4\0\0\0\x08")},
};

enum { OTHERS = sizeof(others) / sizeof(others[0]), ON_ANY_PORT = 22 };

Test(detect, other_protocols_are_no_on_any_other_port)
{
    for (size_t i = 0; i < OTHERS; i++)
        cr_expect_eq(smini_detect((const uint8_t *)others[i].bytes, others[i].length, false), SMINI_DETECT_NO, "%s",
                     others[i].what);
}

/* The last three could be messages of an unknown kind, and are said to be that, on the registered port. */
Test(detect, other_protocols_on_the_registered_port_say_nothing)
{
    struct decode_run run;
    decode_run_open(&run, NULL);
    for (size_t i = 0; i < ON_ANY_PORT; i++) {
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
        cr_expect_eq(decode_run_feed(&run, others[i].bytes, others[i].length), SMIN_OK);
        cr_expect_eq(decode_run_end(&run), SMIN_OK);
        cr_expect_str_empty(run.sink.text, "%s: %s", others[i].what, run.sink.text);
        uint64_t total;
        cr_expect_eq(smini_frame_need((const uint8_t *)others[i].bytes, others[i].length, &total), SMIN_E_MALFORMED,
                     "%s", others[i].what);
    }
    for (size_t i = ON_ANY_PORT; i < OTHERS; i++) {
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
        decode_run_feed(&run, others[i].bytes, others[i].length);
        decode_run_end(&run);
        cr_expect(run.sink.delivered > 0, "%s", others[i].what);
    }
    cr_expect(decode_run_close(&run));
}

Test(detect, the_whole_firebird_probe_is_silent)
{
    struct decode_run run;
    static struct hexfile file;
    hexfile_vector("x_nmap_firebird_probe", &file);
    decode_run_open(&run, NULL);
    decode_run_feed(&run, file.bytes, file.length);
    decode_run_end(&run);
    cr_expect_str_empty(run.sink.text);
    cr_expect_eq(run.scratch.counters.bytes_skipped, file.length);
    cr_expect(decode_run_close(&run));
}

Test(detect, every_vector_is_yes_on_any_port_from_its_sixteenth_byte)
{
    static struct hexfile file;
    size_t count;
    const char *const *names = hexfile_names(&count);
    for (size_t i = 0; i < count; i++) {
        if (names[i][0] == 'x' || strncmp(names[i], "tftp", 4) == 0)
            continue;
        hexfile_vector(names[i], &file);
        for (size_t length = 0; length < 16; length++)
            cr_expect_eq(smini_detect(file.bytes, length, false), SMINI_DETECT_MORE, "%s %zu", names[i], length);
        cr_expect_eq(smini_detect(file.bytes, file.length, false), SMINI_DETECT_YES, "%s", names[i]);
    }
}

Test(detect, the_registered_port_is_yes_from_the_first_byte)
{
    cr_expect_eq(smini_detect(NULL, 0, true), SMINI_DETECT_MORE);
    cr_expect_eq(smini_detect((const uint8_t *)"G", 1, true), SMINI_DETECT_YES);
    cr_expect(smini_detect_hinted(4786, 50000));
    cr_expect(smini_detect_hinted(50000, 4786));
    cr_expect(!smini_detect_hinted(50000, 69));
}

/* The judgement of a prefix must not refuse what the whole header allows, nor allow what it refuses in the end. */
Test(header, prefix_and_whole_agree_on_every_header)
{
    static const uint32_t froms[] = {0, 1, 2, 3, 4, 5, 0x100, 0x01000000};
    static const uint32_t versions[] = {0, 1, 2, 0x13, 0x10000, 0xffffffff};
    static const uint32_t types[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255, 256, 0x01000004};
    static const uint32_t lengths[] = {0, 1, 4, 7, 8, 9, 36, 37, 76, 80, 210, 216, 296, 360, 452, 528, 1032, 1033,
                                       4096, 4097, 65535, 65536, 65537, 0x01000000, 0xffffffff};
    uint8_t bytes[16];
    size_t yes = 0;
    for (size_t f = 0; f < sizeof(froms) / sizeof(froms[0]); f++)
        for (size_t v = 0; v < sizeof(versions) / sizeof(versions[0]); v++)
            for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++)
                for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++)
                    for (int strictness = SMINI_STRICT; strictness <= SMINI_HINTED; strictness++) {
                        decode_run_header(bytes, froms[f], versions[v], types[t], lengths[l]);
                        struct smini_header header = smini_header_read(bytes);
                        int whole = smini_header_judge(&header, strictness);
                        cr_assert_eq(smini_header_judge_prefix(bytes, 16, strictness), whole, "%u %u %u %u, %d",
                                     froms[f], versions[v], types[t], lengths[l], strictness);
                        for (size_t cut = 0; whole == SMINI_JUDGED_YES && cut < 16; cut++)
                            cr_assert_eq(smini_header_judge_prefix(bytes, cut, strictness), SMINI_JUDGED_MORE);
                        yes += whole == SMINI_JUDGED_YES;
                    }
    cr_expect_gt(yes, 100);
}

Test(header, find_gives_the_first_strict_header_at_every_place)
{
    uint8_t bytes[80];
    for (size_t at = 0; at + 16 <= sizeof(bytes); at++)
        for (int fill = 0; fill < 6; fill++) {
            memset(bytes, fill, sizeof(bytes));
            decode_run_header(bytes + at, 1, 0, 4, 8);
            size_t slow = 0;
            while (slow + 16 <= sizeof(bytes) &&
                   smini_header_judge_prefix(bytes + slow, 16, SMINI_STRICT) != SMINI_JUDGED_YES)
                slow++;
            cr_assert_eq(smini_header_find(bytes, sizeof(bytes)), slow, "at %zu, fill %d", at, fill);
        }
    cr_expect_eq(smini_header_find(bytes, 15), 15);
}
