/* SPDX-License-Identifier: BSD-2-Clause */
/* Options about the headers of one packet: each becomes an integer test on one number of it. */
#include "rule/packet_test.h"

void smini_rule_packet_test(struct smini_rule_parser *parser, enum smini_packet_number number,
                            const struct smini_integer_test *test)
{
    if (parser->rule.packet_test_count >= SMINI_RULE_PACKET_TESTS_MAX) {
        smini_rule_refuse(parser, "more than %u tests of packets in one rule", SMINI_RULE_PACKET_TESTS_MAX);
        return;
    }
    struct smini_packet_test *kept = &parser->packet_tests[parser->rule.packet_test_count++];
    kept->number = number;
    kept->test = *test;
}

struct named_number {
    const char *name;
    enum smini_packet_number number;
    uint64_t most;
};

static const struct named_number *find_number(struct smini_span name)
{
    static const struct named_number numbers[] = {
        {"dsize", SMINI_PACKET_PAYLOAD_SIZE, UINT16_MAX},
        {"ttl", SMINI_PACKET_TTL, UINT8_MAX},
        {"id", SMINI_PACKET_ID, UINT16_MAX},
        {"fragoffset", SMINI_PACKET_FRAGMENT_OFFSET, UINT16_MAX},
        {"seq", SMINI_PACKET_TCP_SEQUENCE, UINT32_MAX},
        {"tcp.seq", SMINI_PACKET_TCP_SEQUENCE, UINT32_MAX},
        {"ack", SMINI_PACKET_TCP_ACKNOWLEDGEMENT, UINT32_MAX},
        {"tcp.ack", SMINI_PACKET_TCP_ACKNOWLEDGEMENT, UINT32_MAX},
        {"window", SMINI_PACKET_TCP_WINDOW, UINT16_MAX},
        {"tcp.window", SMINI_PACKET_TCP_WINDOW, UINT16_MAX},
        {"tcp.mss", SMINI_PACKET_TCP_SEGMENT_SIZE, UINT16_MAX},
        {"itype", SMINI_PACKET_ICMP_TYPE, UINT8_MAX},
        {"icode", SMINI_PACKET_ICMP_CODE, UINT8_MAX},
        {"icmp_id", SMINI_PACKET_ICMP_ID, UINT16_MAX},
        {"icmp_seq", SMINI_PACKET_ICMP_SEQUENCE, UINT16_MAX},
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        if (smini_lex_is(name, numbers[i].name))
            return &numbers[i];
    return NULL;
}

/* Suricata lets quotes stand around some numbers. */
static struct smini_span without_quotes(struct smini_span value)
{
    if (value.length >= 2 && value.bytes[0] == '"' && value.bytes[value.length - 1] == '"')
        return smini_lex_trim(smini_span_part(value, 1, value.length - 2));
    return value;
}

/* "A<=>B" is Snort 3's range that holds its ends. */
static bool is_closed_range(struct smini_span value)
{
    for (size_t i = 0; i + 3 <= value.length; i++)
        if (memcmp(value.bytes + i, "<=>", 3) == 0)
            return true;
    return false;
}

static const char *read_number_test(struct smini_span value, uint64_t most, struct smini_integer_test *test)
{
    bool closed = is_closed_range(value);
    const char *problem = closed ? smini_interval_parse(value, test) : smini_integer_parse(value, test);
    if (problem)
        return problem;
    if (closed && test->compare == SMINI_COMPARE_RANGE && test->second == most + 1)
        *test = (struct smini_integer_test){.compare = SMINI_COMPARE_GREATER, .first = test->first};
    else if (closed && test->compare == SMINI_COMPARE_LESS)
        *test = (struct smini_integer_test){.compare = SMINI_COMPARE_LESS_EQUAL, .first = test->first - 1};
    return test->first > most || test->second > most ? "is beyond what the header's field can hold; the test "
                                                       "could never hold, or always does" : NULL;
}

void smini_option_packet_number(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    const struct named_number *number = find_number(parser->option.name);
    value = without_quotes(value);
    const char *problem = number ? read_number_test(value, number->most, &test) : "is about no number that is known";
    if (problem)
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(value).text, problem);
    else
        smini_rule_packet_test(parser, number->number, &test);
}

/* Which bits, and how they are compared: "S", "S+", "*SF", "!A", "=S". `at` ends at a comma or the end. */
struct bit_reader {
    const char *letters; /* one per bit, from bit 0 */
    uint64_t bits;
    uint8_t modifier; /* '=' until one was read */
    bool modified;
};

static bool read_bit(struct bit_reader *reader, uint8_t byte, uint64_t *bits)
{
    const char *letter = byte ? strchr(reader->letters, byte) : NULL;
    uint64_t bit = letter ? (uint64_t)1 << (letter - reader->letters) : 0;
    if (!letter || (*bits & bit))
        return false;
    *bits |= bit;
    return true;
}

static bool read_bits(struct bit_reader *reader, struct smini_span text)
{
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.bytes[i];
        if (smini_lex_is_space(byte))
            continue;
        if (byte == '+' || byte == '*' || byte == '!' || byte == '-' || byte == '=') {
            if (reader->modified)
                return false;
            reader->modifier = byte == '-' ? '!' : byte;
            reader->modified = true;
        } else if (!read_bit(reader, byte, &reader->bits)) {
            return false;
        }
    }
    return true;
}

static void bits_test(const struct bit_reader *reader, uint64_t looked_at, struct smini_integer_test *test)
{
    *test = (struct smini_integer_test){.compare = SMINI_COMPARE_MASK, .first = reader->bits, .second = reader->bits};
    if (reader->modifier == '=')
        test->first = looked_at;
    else if (reader->modifier == '!')
        test->compare = SMINI_COMPARE_NOT_MASK;
    else if (reader->modifier == '*')
        *test = (struct smini_integer_test){.compare = SMINI_COMPARE_NOT_MASK, .first = reader->bits};
}

void smini_option_flags(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    struct bit_reader reader = {.letters = SMINI_TCP_FLAG_LETTERS, .modifier = '='};
    uint64_t looked_at = UINT8_MAX;
    /* "0" and other numbers; "1" and "2" among letters are Snort's old names of C and E */
    if (!read_number_test(value, UINT8_MAX, &test)) {
        smini_rule_packet_test(parser, SMINI_PACKET_TCP_FLAGS, &test);
        return;
    }
    uint8_t letters[64];
    if (value.length > sizeof(letters)) {
        smini_rule_refuse(parser, "\"%s\" is too long for eight flags", smini_quote_span(value).text);
        return;
    }
    for (size_t i = 0; i < value.length; i++)
        letters[i] = value.bytes[i] == '1' ? 'C' : value.bytes[i] == '2' ? 'E' : value.bytes[i];
    struct smini_span text = smini_span_make(letters, value.length);
    size_t comma = smini_span_find(text, ',');
    bool zero = smini_lex_is(smini_lex_trim(smini_span_part(text, 0, comma)), "0");
    bool fine = zero || read_bits(&reader, smini_span_part(text, 0, comma));
    struct bit_reader ignored = {.letters = reader.letters, .modified = true};
    if (comma < text.length) {
        fine &= read_bits(&ignored, smini_span_part(text, comma + 1, text.length)) && !(ignored.bits & reader.bits);
        looked_at &= ~ignored.bits;
    }
    if (!fine || (reader.bits == 0 && !(zero && ignored.bits))) {
        smini_rule_refuse(parser, "\"%s\" is no set of flags; write letters of FSRPAUEC once each, + * or ! with them, and "
                                  "behind a comma other flags that do not count",
                          smini_quote_span(value).text);
        return;
    }
    bits_test(&reader, looked_at, &test);
    smini_rule_packet_test(parser, SMINI_PACKET_TCP_FLAGS, &test);
}

void smini_option_fragbits(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test;
    struct bit_reader reader = {.letters = SMINI_FRAGMENT_LETTERS, .modifier = '='};
    if (!read_bits(&reader, value) || reader.bits == 0) {
        smini_rule_refuse(parser, "\"%s\" is no set of bits; write letters of MDR once each, and + * or ! with them",
                          smini_quote_span(value).text);
        return;
    }
    bits_test(&reader, SMINI_FRAGMENT_RESERVED | SMINI_FRAGMENT_DONT | SMINI_FRAGMENT_MORE, &test);
    smini_rule_packet_test(parser, SMINI_PACKET_FRAGMENT_BITS, &test);
}

void smini_option_tos(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    struct smini_span text = without_quotes(value);
    if (smini_take_negation(&text))
        test.compare = SMINI_COMPARE_NOT_EQUAL;
    bool hexadecimal = text.length > 1 && (text.bytes[0] == 'x' || text.bytes[0] == 'X');
    bool fine = hexadecimal ? text.length <= 3 && smini_lex_digits(smini_span_part(text, 1, text.length), 16, &test.first)
                            : smini_lex_number(text, &test.first) && test.first <= UINT8_MAX;
    /* Snort 3 compares it as any other number */
    if (!fine && read_number_test(without_quotes(value), UINT8_MAX, &test))
        smini_rule_refuse(parser, "\"%s\" is no type of service; write 0 to 255 or x00 to xff, with ! before it if wanted",
                          smini_quote_span(value).text);
    else
        smini_rule_packet_test(parser, SMINI_PACKET_TOS, &test);
}

void smini_option_ipopts(struct smini_rule_parser *parser, struct smini_span value)
{
    static const char *const names[] = {SMINI_IP_OPTION_NAMES};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!smini_span_equal_nocase(value, smini_span_text(names[i])))
            continue;
        uint64_t bit = (uint64_t)1 << i;
        struct smini_integer_test test = {.compare = SMINI_COMPARE_MASK, .first = bit, .second = bit};
        smini_rule_packet_test(parser, SMINI_PACKET_IP_OPTIONS, &test);
        return;
    }
    if (smini_span_equal_nocase(value, smini_span_text("any"))) {
        struct smini_integer_test test = {.compare = SMINI_COMPARE_GREATER};
        smini_rule_packet_test(parser, SMINI_PACKET_IP_OPTIONS, &test);
        return;
    }
    smini_rule_refuse(parser, "\"%s\" is no IP option that is known here; rr, ts, qs, sec, esec, cipso, lsrr, ssrr, satid, "
                              "rtralt, eol, nop and any are",
                      smini_quote_span(value).text);
}

static bool read_protocol_number(struct smini_span text, uint64_t *number)
{
    static const struct {
        const char *name;
        uint8_t number;
    } names[] = {{"icmp", 1},  {"igmp", 2},  {"ipip", 4},  {"ip", 4},         {"tcp", 6},      {"egp", 8},
                 {"igp", 9},   {"udp", 17},  {"dccp", 33}, {"ipv6", 41},      {"rsvp", 46},    {"gre", 47},
                 {"esp", 50},  {"ah", 51},   {"icmp6", 58}, {"ipv6-icmp", 58}, {"icmpv6", 58}, {"eigrp", 88},
                 {"ospf", 89}, {"pim", 103}, {"vrrp", 112}, {"l2tp", 115},    {"sctp", 132},   {"udplite", 136}};
    if (smini_lex_number(text, number))
        return *number <= UINT8_MAX;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (smini_span_equal_nocase(text, smini_span_text(names[i].name))) {
            *number = names[i].number;
            return true;
        }
    }
    return false;
}

void smini_option_ip_proto(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    struct smini_span text = value;
    if (smini_take_negation(&text)) {
        test.compare = SMINI_COMPARE_NOT_EQUAL;
    } else if (text.length && (text.bytes[0] == '<' || text.bytes[0] == '>')) {
        test.compare = text.bytes[0] == '<' ? SMINI_COMPARE_LESS : SMINI_COMPARE_GREATER;
        text = smini_lex_trim(smini_span_part(text, 1, text.length));
    }
    if (!read_protocol_number(text, &test.first))
        smini_rule_refuse(parser, "\"%s\" is no IP protocol; write its number, 0 to 255", smini_quote_span(value).text);
    else
        smini_rule_packet_test(parser, SMINI_PACKET_PROTOCOL, &test);
}

void smini_option_sameip(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL, .first = 1};
    (void)value;
    smini_rule_packet_test(parser, SMINI_PACKET_SAME_ADDRESS, &test);
}
