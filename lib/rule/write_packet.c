/* SPDX-License-Identifier: BSD-2-Clause */
/* Protocols and packet keywords. */
#include "rule/writer.h"

static const char *ip_suffix(const struct smini_rule_header *header)
{
    return header->ip_version == 4 ? "v4" : header->ip_version == 6 ? "v6" : "";
}

void smini_put_protocol(struct smini_rule_writer *writer)
{
    const struct smini_rule_header *header = &writer->rule->header;
    if (smini_writes_snort(writer) && header->ip_version)
        smini_put_refuse(writer, "Snort 3 has no protocol for one version of IP; state the networks in the header");
    if (smini_writes_snort(writer) && header->packets)
        smini_put_refuse(writer, "Snort 3 has no protocol for the packets of TCP alone; write tcp");
    switch (header->protocol) {
    case SMINI_PROTOCOL_TCP:
        smini_put(writer, header->packets ? "tcp-pkt " : "tcp ");
        break;
    case SMINI_PROTOCOL_APP:
        smini_put(writer, "%s ", writer->names->protocol);
        break;
    case SMINI_PROTOCOL_UDP:
        smini_put(writer, "udp ");
        break;
    case SMINI_PROTOCOL_ICMP:
        smini_put(writer, "icmp%s ", ip_suffix(header));
        break;
    case SMINI_PROTOCOL_IP:
        smini_put(writer, "ip%s ", ip_suffix(header));
        break;
    }
}

static const char *name_of(enum smini_packet_number number)
{
    switch (number) {
    case SMINI_PACKET_PAYLOAD_SIZE: return "dsize";
    case SMINI_PACKET_TTL: return "ttl";
    case SMINI_PACKET_TOS: return "tos";
    case SMINI_PACKET_ID: return "id";
    case SMINI_PACKET_FRAGMENT_BITS: return "fragbits";
    case SMINI_PACKET_FRAGMENT_OFFSET: return "fragoffset";
    case SMINI_PACKET_IP_OPTIONS: return "ipopts";
    case SMINI_PACKET_PROTOCOL: return "ip_proto";
    case SMINI_PACKET_SAME_ADDRESS: return "sameip";
    case SMINI_PACKET_TCP_FLAGS: return "flags";
    case SMINI_PACKET_TCP_SEQUENCE: return "seq";
    case SMINI_PACKET_TCP_ACKNOWLEDGEMENT: return "ack";
    case SMINI_PACKET_TCP_WINDOW: return "window";
    case SMINI_PACKET_TCP_SEGMENT_SIZE: return "tcp.mss";
    case SMINI_PACKET_ICMP_TYPE: return "itype";
    case SMINI_PACKET_ICMP_CODE: return "icode";
    case SMINI_PACKET_ICMP_ID: return "icmp_id";
    case SMINI_PACKET_ICMP_SEQUENCE: return "icmp_seq";
    case SMINI_PACKET_STREAM_CLIENT: return "stream_size:client";
    case SMINI_PACKET_STREAM_SERVER: return "stream_size:server";
    case SMINI_PACKET_STREAM_EITHER: return "stream_size:either";
    }
    return "";
}

static void put_letters(struct smini_rule_writer *writer, const char *letters, uint64_t bits)
{
    for (unsigned i = 0; letters[i]; i++)
        if (bits >> i & 1)
            smini_put(writer, "%c", letters[i]);
}

/* "S", "S,CE", "+S", "!S", "*SF"; a number is written as one. */
static void put_bits(struct smini_rule_writer *writer, const char *letters, const struct smini_integer_test *test)
{
    uint64_t every = ((uint64_t)1 << strlen(letters)) - 1;
    if (test->compare != SMINI_COMPARE_MASK && test->compare != SMINI_COMPARE_NOT_MASK) {
        if (smini_writes_snort(writer) && (test->compare != SMINI_COMPARE_EQUAL || test->first != 0))
            smini_put_refuse(writer, "Snort 3 compares flags by their letters; write those");
        smini_put_integer(writer, test);
        return;
    }
    if (test->compare == SMINI_COMPARE_NOT_MASK) {
        smini_put(writer, test->second ? "!" : "*");
        put_letters(writer, letters, test->first);
        return;
    }
    bool plus = test->first == test->second && test->first != every;
    smini_put(writer, plus ? "+" : "");
    put_letters(writer, letters, test->second);
    if (plus || test->first == every)
        return;
    smini_put(writer, ",");
    put_letters(writer, letters, every & ~test->first);
}

static void put_ip_option(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    static const char *const names[] = {SMINI_IP_OPTION_NAMES};
    static const char *const snort[] = {"rr", "ts", "sec", "esec", "lsrr", "ssrr", "satid", "eol", "nop"};
    const char *name = "any";
    bool known = test->compare != SMINI_COMPARE_MASK;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (test->compare == SMINI_COMPARE_MASK && test->first == (uint64_t)1 << i)
            name = names[i];
    for (size_t i = 0; i < sizeof(snort) / sizeof(snort[0]); i++)
        known |= strcmp(name, snort[i]) == 0;
    if (smini_writes_snort(writer) && !known)
        smini_put_refuse(writer, "Snort 3 does not know the IP option %s", name);
    smini_put(writer, "%s", name);
}

static bool is_stream_size(const struct smini_packet_test *test)
{
    return test->number == SMINI_PACKET_STREAM_CLIENT || test->number == SMINI_PACKET_STREAM_SERVER ||
           test->number == SMINI_PACKET_STREAM_EITHER;
}

/* The sign stands apart from the number. */
static void put_comparison(struct smini_rule_writer *writer, const struct smini_integer_test *test)
{
    static const char *const signs[] = {[SMINI_COMPARE_EQUAL] = "=",      [SMINI_COMPARE_NOT_EQUAL] = "!=",
                                        [SMINI_COMPARE_LESS] = "<",       [SMINI_COMPARE_LESS_EQUAL] = "<=",
                                        [SMINI_COMPARE_GREATER] = ">",    [SMINI_COMPARE_GREATER_EQUAL] = ">="};
    smini_put(writer, ",%s,%u", signs[test->compare], (unsigned)test->first);
}

static void put_value(struct smini_rule_writer *writer, const struct smini_packet_test *test)
{
    if (test->number == SMINI_PACKET_TCP_FLAGS)
        put_bits(writer, SMINI_TCP_FLAG_LETTERS, &test->test);
    else if (test->number == SMINI_PACKET_FRAGMENT_BITS)
        put_bits(writer, SMINI_FRAGMENT_LETTERS, &test->test);
    else if (test->number == SMINI_PACKET_IP_OPTIONS)
        put_ip_option(writer, &test->test);
    else
        smini_put_integer(writer, &test->test);
}

void smini_put_packet_test(struct smini_rule_writer *writer, const struct smini_packet_test *test)
{
    smini_put(writer, " %s", name_of(test->number));
    if (is_stream_size(test)) {
        put_comparison(writer, &test->test);
    } else if (test->number != SMINI_PACKET_SAME_ADDRESS) {
        smini_put(writer, ":");
        put_value(writer, test);
    }
    smini_put(writer, ";");
    if (!smini_writes_snort(writer))
        return;
    if (test->number == SMINI_PACKET_SAME_ADDRESS || test->number == SMINI_PACKET_TCP_SEGMENT_SIZE)
        smini_put_refuse(writer, "Snort 3 has no %s", name_of(test->number));
    if (is_stream_size(test))
        smini_put_refuse(writer, "Snort 3 counts the bytes of a stream in another way");
}
