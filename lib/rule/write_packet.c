/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about the headers of packets as options. */
#include "rule/writer.h"

/* How a question is written, and by whom it is understood. */
enum packet_form {
    FORM_NUMBER,     /* an integer condition in all three */
    FORM_PLAIN,      /* Suricata 8 takes a number alone */
    FORM_NEGATED,    /* Suricata 8 takes a number, or ! and one */
    FORM_COMPARED,   /* Suricata 8 takes a number, < or > */
    FORM_FLAGS,
    FORM_FRAGBITS,
    FORM_IPOPTS,
    FORM_PROTOCOL,
    FORM_SAME,
    FORM_STREAM /* the sign stands apart from the number */
};

struct packet_word {
    const char *name;
    enum packet_form form;
    bool snort; /* does Snort 3 have it? */
};

/* No default: a new number is a warning of the compiler until it has its word. */
static struct packet_word word_of(enum smini_packet_number number)
{
    switch (number) {
    case SMINI_PACKET_PAYLOAD_SIZE:
        return (struct packet_word){"dsize", FORM_NUMBER, true};
    case SMINI_PACKET_TTL:
        return (struct packet_word){"ttl", FORM_NUMBER, true};
    case SMINI_PACKET_TOS:
        return (struct packet_word){"tos", FORM_NEGATED, true};
    case SMINI_PACKET_ID:
        return (struct packet_word){"id", FORM_PLAIN, true};
    case SMINI_PACKET_FRAGMENT_BITS:
        return (struct packet_word){"fragbits", FORM_FRAGBITS, true};
    case SMINI_PACKET_FRAGMENT_OFFSET:
        return (struct packet_word){"fragoffset", FORM_COMPARED, true};
    case SMINI_PACKET_IP_OPTIONS:
        return (struct packet_word){"ipopts", FORM_IPOPTS, true};
    case SMINI_PACKET_PROTOCOL:
        return (struct packet_word){"ip_proto", FORM_PROTOCOL, true};
    case SMINI_PACKET_SAME_ADDRESS:
        return (struct packet_word){"sameip", FORM_SAME, false};
    case SMINI_PACKET_TCP_FLAGS:
        return (struct packet_word){"flags", FORM_FLAGS, true};
    case SMINI_PACKET_TCP_SEQUENCE:
        return (struct packet_word){"seq", FORM_PLAIN, true};
    case SMINI_PACKET_TCP_ACKNOWLEDGEMENT:
        return (struct packet_word){"ack", FORM_PLAIN, true};
    case SMINI_PACKET_TCP_WINDOW:
        return (struct packet_word){"window", FORM_NEGATED, true};
    case SMINI_PACKET_TCP_SEGMENT_SIZE:
        return (struct packet_word){"tcp.mss", FORM_NUMBER, false};
    case SMINI_PACKET_ICMP_TYPE:
        return (struct packet_word){"itype", FORM_NUMBER, true};
    case SMINI_PACKET_ICMP_CODE:
        return (struct packet_word){"icode", FORM_NUMBER, true};
    case SMINI_PACKET_ICMP_ID:
        return (struct packet_word){"icmp_id", FORM_PLAIN, true};
    case SMINI_PACKET_ICMP_SEQUENCE:
        return (struct packet_word){"icmp_seq", FORM_PLAIN, true};
    case SMINI_PACKET_STREAM_CLIENT:
        return (struct packet_word){"stream_size:client", FORM_STREAM, false};
    case SMINI_PACKET_STREAM_SERVER:
        return (struct packet_word){"stream_size:server", FORM_STREAM, false};
    case SMINI_PACKET_STREAM_EITHER:
        return (struct packet_word){"stream_size:either", FORM_STREAM, false};
    }
    return (struct packet_word){"", FORM_NUMBER, false};
}

static bool suricata_takes(enum packet_form form, enum smini_compare compare)
{
    if (compare == SMINI_COMPARE_EQUAL)
        return true;
    if (form == FORM_NEGATED)
        return compare == SMINI_COMPARE_NOT_EQUAL;
    if (form == FORM_COMPARED)
        return compare == SMINI_COMPARE_LESS || compare == SMINI_COMPARE_GREATER;
    return form != FORM_PLAIN;
}

static void put_number(struct smini_rule_writer *writer, const struct packet_word *word,
                       const struct smini_integer_test *test)
{
    if (writer->dialect == SMINI_DIALECT_SURICATA8 && !suricata_takes(word->form, test->compare))
        smini_put_refuse(writer, "Suricata's %s does not take such a condition", word->name);
    smini_put_integer(writer, test);
}

static void put_comparison(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    smini_put(writer, "%s,%u", smini_compare_sign(test->compare), (unsigned)test->first);
}

static void put_letters(struct smini_rule_writer *writer, const char *letters, uint64_t bits)
{
    for (unsigned i = 0; letters[i]; i++)
        if (bits & ((uint64_t)1 << i))
            smini_put(writer, "%c", letters[i]);
}

/* A mask as modifier and letters; those of `all` that are not looked at stand behind a comma. */
static void put_bits(struct smini_rule_writer *writer, const char *letters, uint64_t all,
                     const struct smini_integer_test *test)
{
    bool plus = test->compare == SMINI_COMPARE_MASK && test->first == test->second && test->first != all;
    if (test->compare == SMINI_COMPARE_NOT_MASK) {
        smini_put(writer, test->second ? "!" : "*");
        put_letters(writer, letters, test->first);
        return;
    }
    smini_put(writer, plus ? "+" : test->second ? "" : "0");
    put_letters(writer, letters, test->second);
    if (plus || test->first == all)
        return;
    smini_put(writer, ",");
    put_letters(writer, letters, all & ~test->first);
}

/* Flags can be asked for as a number, too, which is not always a set of letters. */
static void put_flags(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    bool mask = test->compare == SMINI_COMPARE_MASK && test->first && !(test->second & ~test->first);
    bool unmask = test->compare == SMINI_COMPARE_NOT_MASK && test->first && (test->first == test->second || !test->second);
    bool number = writer->dialect == SMINI_DIALECT_OWN || (test->compare == SMINI_COMPARE_EQUAL && test->first == 0);
    if (mask || unmask) {
        put_bits(writer, SMINI_TCP_FLAG_LETTERS, UINT8_MAX, test);
    } else if (number) {
        smini_put_integer(writer, test);
    } else {
        if (test->compare != SMINI_COMPARE_EQUAL)
            smini_put_refuse(writer, "flags are letters there, not a number to compare with");
        put_letters(writer, SMINI_TCP_FLAG_LETTERS, test->first);
    }
}

static void put_ip_option(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    static const char *const names[] = {SMINI_IP_OPTION_NAMES};
    static const char *const snort[] = {"any", "rr", "ts", "sec", "esec", "lsrr", "ssrr", "satid", "eol", "nop"};
    const char *name = "any";
    bool known = false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (test->compare == SMINI_COMPARE_MASK && test->first == (uint64_t)1 << i)
            name = names[i];
    for (size_t i = 0; i < sizeof(snort) / sizeof(snort[0]); i++)
        known |= strcmp(name, snort[i]) == 0;
    if (smini_writes_snort(writer) && !known)
        smini_put_refuse(writer, "Snort 3 does not know the IP option %s", name);
    smini_put(writer, "%s", name);
}

void smini_put_packet_test(struct smini_rule_writer *writer, const struct smini_packet_test *test)
{
    const struct packet_word word = word_of(test->number);
    if (smini_writes_snort(writer) && word.form == FORM_STREAM)
        smini_put_refuse(writer, "Snort 3 counts the bytes of a stream in another way");
    else if (smini_writes_snort(writer) && !word.snort)
        smini_put_refuse(writer, "Snort 3 has no %s", word.name);
    if (writer->dialect == SMINI_DIALECT_SURICATA8 && word.form == FORM_PROTOCOL &&
        writer->rule->header.protocol != SMINI_PROTOCOL_IP)
        smini_put_refuse(writer, "Suricata takes ip_proto in ip rules only");
    smini_put(writer, " %s", word.name);
    if (word.form != FORM_SAME)
        smini_put(writer, word.form == FORM_STREAM ? "," : ":");
    switch (word.form) {
    case FORM_NUMBER:
    case FORM_PLAIN:
    case FORM_NEGATED:
    case FORM_COMPARED:
    case FORM_PROTOCOL:
        put_number(writer, &word, &test->test);
        break;
    case FORM_FLAGS:
        put_flags(writer, &test->test);
        break;
    case FORM_FRAGBITS:
        put_bits(writer, SMINI_FRAGMENT_LETTERS,
                 SMINI_FRAGMENT_RESERVED | SMINI_FRAGMENT_DONT | SMINI_FRAGMENT_MORE, &test->test);
        break;
    case FORM_IPOPTS:
        put_ip_option(writer, &test->test);
        break;
    case FORM_STREAM:
        put_comparison(writer, &test->test);
        break;
    case FORM_SAME:
        break;
    }
    smini_put(writer, ";");
}
