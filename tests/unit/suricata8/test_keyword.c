/* SPDX-License-Identifier: BSD-2-Clause */
/* Keywords made of an inspector's table: which there are, what their values mean, what they see of a transaction. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "fake_detect.h"
#include "fake_engine.h"
#include "host/describe.h"
#include "suricata8/keyword.h"
#include "suricata8/keyword_slot.h"

enum { MANY = 140, NUMBER_ID = 1, TEXT_ID = 2, LIST_ID = 3, OTHER_ID = 4 };

static const struct smin_field_desc few[] = {
    {NUMBER_ID, SMIN_TYPE_NUMBER, "x.number", "numbers[]", "a number that repeats"},
    {TEXT_ID, SMIN_TYPE_TEXT, "x.text", "text", "a text"},
    {LIST_ID, SMIN_TYPE_BYTES, "x.list", "list[]", "bytes that repeat"},
    {OTHER_ID, SMIN_TYPE_BOOL, "x.flag", "flag", "yes or no"},
    {SMIN_FIELD_FILE_NAME, SMIN_TYPE_TEXT, "file.name", NULL, "the engine's"},
};

static void register_fields(const struct smin_field_desc *fields, uint32_t count, uint16_t protocol)
{
    /* Kept by the adapter, as an inspector is. */
    static struct smin_inspector inspector;
    fake_engine_reset();
    inspector = (struct smin_inspector){
        .struct_size = sizeof(inspector),
        .name = "x",
        .fields = fields,
        .field_count = count,
        .field_stride = sizeof(fields[0]),
    };
    smini_suricata_keywords_register(&inspector, protocol);
}

static void register_few(void)
{
    register_fields(few, sizeof(few) / sizeof(few[0]), FAKE_PROTOCOL);
}

TestSuite(keyword, .fini = fake_rule);

static bool told(const char *text)
{
    return strstr(fake_engine.log, text) != NULL;
}

/* A transaction with these fields; its message is what counts. */
static struct smini_suricata_transaction with(uint32_t kind, const struct smin_field *fields, uint32_t count)
{
    return (struct smini_suricata_transaction){
        .message = {.struct_size = sizeof(struct smin_message), .kind = kind, .fields = fields, .field_count = count,
                    .field_stride = sizeof(struct smin_field)},
    };
}

/* Does every condition of the rule hold? */
static bool holds(struct smini_suricata_transaction *transaction)
{
    bool all = fake_detect.condition_count > 0;
    for (uint32_t i = 0; i < fake_detect.condition_count; i++)
        all = all && fake_detect.keywords[0].match(NULL, NULL, 0, NULL, transaction, NULL, fake_detect.conditions[i]) == 1;
    return all;
}

Test(keyword, every_field_of_the_inspector_is_one)
{
    register_few();
    cr_expect_eq(fake_detect.keyword_count, 4, "those that all inspectors share are the engine's");
    cr_expect_null(fake_keyword("file.name"));
    cr_expect_eq(fake_keyword("x.number")->flags, 0);
    cr_expect_eq(fake_keyword("x.flag")->flags, 0);
    cr_expect_eq(fake_keyword("x.text")->flags, SMINI_ENGINE_KEYWORD_NO_OPTION | SMINI_ENGINE_KEYWORD_STICKY_BUFFER);
    cr_expect_not_null(fake_detect.get[FAKE_LIST_OF_NUMBERS + 1], "one buffer");
    cr_expect_not_null(fake_detect.get_many[FAKE_LIST_OF_NUMBERS + 2], "several");
}

Test(keyword, more_fields_than_there_is_room_for_are_told_and_each_keyword_is_that_of_its_field)
{
    static struct smin_field_desc fields[MANY];
    static char names[MANY][16];
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "x.n%u", i);
        fields[i] = (struct smin_field_desc){i + 1, SMIN_TYPE_NUMBER, names[i], NULL, "a number"};
    }
    register_fields(fields, MANY, FAKE_PROTOCOL);
    cr_expect_eq(fake_detect.keyword_count, SMINI_SURICATA_KEYWORDS);
    cr_expect(told("2: x.n128 and the fields behind it are no keywords: there is room for 128"), "%s", fake_engine.log);
    for (uint32_t i = 0; i < SMINI_SURICATA_KEYWORDS; i++) {
        fake_engine.log[0] = '\0';
        char line[64];
        snprintf(line, sizeof(line), "1: x.n%u: \"eight\" is no number", i);
        cr_expect_eq(fake_option(names[i], "eight"), -1);
        cr_expect(told(line), "%s: %s", names[i], fake_engine.log);
    }
}

Test(keyword, without_its_protocol_a_rule_is_refused_with_what_to_do)
{
    register_fields(few, sizeof(few) / sizeof(few[0]), SMINI_ENGINE_PROTOCOL_UNKNOWN);
    cr_expect_eq(fake_option("x.number", "8"), -1);
    cr_expect_eq(fake_option("x.text", NULL), -1);
    cr_expect(told("1: x.text: the protocol is not parsed: app-layer.protocols.x.enabled has to be yes"), "%s",
              fake_engine.log);
}

Test(keyword, what_the_engine_did_not_take_is_refused)
{
    fake_detect.no_lists = true;
    register_few();
    cr_expect_eq(fake_option("x.number", "8"), -1);
    cr_expect_eq(fake_option("x.text", NULL), -1);
    cr_expect(told("1: x.text: could not be registered"), "%s", fake_engine.log);
}

Test(keyword, a_condition_that_the_rule_does_not_take_is_given_back)
{
    register_few();
    fake_detect.refuses = true;
    cr_expect_eq(fake_option("x.number", "8"), -1);
    cr_expect_eq(fake_option("x.text", NULL), -1);
    cr_expect_eq(fake_detect.condition_count, 0);
}

Test(keyword, a_number_is_compared_with_what_the_message_carries)
{
    const struct smin_field fields[] = {{.id = NUMBER_ID, .number = 3}, {.id = OTHER_ID, .number = 1},
                                        {.id = NUMBER_ID, .number = 5}};
    struct smini_suricata_transaction message = with(SMIN_KIND_MESSAGE, fields, 3);
    static const struct {
        const char *text;
        bool holds;
    } rows[] = {{"3", true}, {"5", true}, {"4", false}, {">2,all", true}, {"3,all", false}, {"5,-1", true},
                {"3,1", false}, {"count 2", true}, {">2,nb 1", false}, {"7,oob_or 2", true}};
    register_few();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_rule();
        cr_assert_eq(fake_option("x.number", rows[i].text), 0, "%s", rows[i].text);
        cr_expect_eq(holds(&message), rows[i].holds, "%s", rows[i].text);
    }
}

Test(keyword, what_is_no_message_lacks_nothing)
{
    struct smini_suricata_transaction stream = with(SMIN_KIND_STREAM, NULL, 0);
    struct smini_suricata_transaction trailer = with(SMIN_KIND_TRAILER, NULL, 0);
    struct smini_suricata_transaction open = with(0, NULL, 0);
    register_few();
    cr_assert_eq(fake_option("x.number", "8,or_absent"), 0);
    cr_expect(!holds(&stream) && !holds(&open) && holds(&trailer));
    fake_rule();
    cr_assert_eq(fake_option("x.text", NULL), 0);
    cr_expect_eq(fake_detect.condition_count, 1, "the buffer may be asked to be absent");
    cr_expect(!holds(&stream) && !holds(&open) && holds(&trailer));
    cr_assert_eq(fake_option("x.list", NULL), 0);
    cr_expect_eq(fake_detect.condition_count, 1, "said once");
    cr_expect_eq(fake_detect.active_list, FAKE_LIST_OF_NUMBERS + 2, "the buffer is the last word");
}

Test(keyword, a_buffer_is_each_value_of_its_field)
{
    static const uint8_t bytes[] = "abc";
    const struct smin_field fields[] = {{.id = LIST_ID, .bytes = bytes, .size = 1}, {.id = TEXT_ID},
                                        {.id = LIST_ID, .bytes = bytes + 1, .size = 2}};
    struct smini_suricata_transaction message = with(SMIN_KIND_MESSAGE, fields, 3);
    const uint8_t *found = NULL;
    uint32_t length = 99;
    register_few();
    smini_engine_get_buffer text = fake_detect.get[FAKE_LIST_OF_NUMBERS + 1];
    smini_engine_get_buffers list = fake_detect.get_many[FAKE_LIST_OF_NUMBERS + 2];
    cr_assert(text(&message, 0, &found, &length));
    cr_expect(found && length == 0, "an empty value is there, and has an address");
    cr_assert(list(NULL, &message, 0, 1, &found, &length));
    cr_expect(found == bytes + 1 && length == 2);
    cr_expect_not(list(NULL, &message, 0, 2, &found, &length));
    message.message.field_count = 1;
    cr_expect_not(text(&message, 0, &found, &length));
}
