/* SPDX-License-Identifier: BSD-2-Clause */
/* stream_size: a comparison with how far the sequence numbers of a direction have come. */
#include "rule/packet_test.h"

static bool read_side(struct smini_span word, enum smini_packet_number *number, bool *both)
{
    static const struct {
        const char *word;
        enum smini_packet_number number;
    } sides[] = {{"client", SMINI_PACKET_STREAM_CLIENT},
                 {"server", SMINI_PACKET_STREAM_SERVER},
                 {"either", SMINI_PACKET_STREAM_EITHER},
                 {"both", SMINI_PACKET_STREAM_CLIENT}};
    for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
        if (smini_lex_is(word, sides[i].word)) {
            *number = sides[i].number;
            *both = i == 3;
            return true;
        }
    }
    return false;
}

/* The sign and the number stand apart, with a comma between them. */
static const char *read_comparison(struct smini_span sign, struct smini_span number, struct smini_integer_test *test)
{
    char text[32];
    if (sign.length == 0 || sign.length > 2 || number.length == 0 || sign.length + number.length >= sizeof(text))
        return "is no comparison";
    memcpy(text, sign.bytes, sign.length);
    memcpy(text + sign.length, number.bytes, number.length);
    for (size_t i = 0; i < sign.length; i++)
        if (!strchr("<>=!", text[i]))
            return "is no comparison; = != < > <= >= and ! are";
    const char *problem = smini_integer_parse(smini_span_make(text, sign.length + number.length), test);
    return problem ? problem : test->first > UINT32_MAX ? "is beyond what a sequence number can hold" : NULL;
}

void smini_option_stream_size(struct smini_rule_parser *parser, struct smini_span value)
{
    struct smini_integer_test test = {.compare = SMINI_COMPARE_EQUAL};
    struct smini_span parts[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct smini_span rest = value;
    struct smini_span part;
    size_t count = 0;
    bool both = false;
    enum smini_packet_number number = SMINI_PACKET_STREAM_CLIENT;
    while (smini_lex_part(&rest, ',', &part)) {
        if (count < 3)
            parts[count] = part;
        count++;
    }
    if (count != 3 || !read_side(parts[0], &number, &both)) {
        smini_rule_refuse(parser, "\"%s\" has to read client, server, both or either, then a comparison and a number",
                          smini_quote_span(value).text);
        return;
    }
    const char *problem = read_comparison(parts[1], parts[2], &test);
    if (problem) {
        smini_rule_refuse(parser, "\"%s\" %s", smini_quote_span(value).text, problem);
        return;
    }
    smini_rule_packet_test(parser, number, &test);
    if (both)
        smini_rule_packet_test(parser, SMINI_PACKET_STREAM_SERVER, &test);
}
