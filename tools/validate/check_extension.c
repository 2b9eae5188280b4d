/* SPDX-License-Identifier: BSD-2-Clause */
/* Extensions: absent, or whole. */
#include "smin/abi_ext.h"

#include <stddef.h>
#include <string.h>

#include "check.h"

static const char *const known[] = {SMIN_EXT_FRAME, SMIN_EXT_MESSAGE, SMIN_EXT_RULES, SMIN_EXT_STATS,
                                    SMIN_EXT_PACKET, SMIN_EXT_DETECT, SMIN_EXT_EXPECTED,
                                    SMIN_EXT_FILE_RULES};

void check_extension_unknown(const struct subject *subject, char *why)
{
    static char long_name[4096];
    memset(long_name, 'x', sizeof(long_name) - 1);
    const char *const names[] = {"",          "smin.rules",    "smin.rules/",           "smin.rules/999999999999",
                                 "SMIN.RULES/1", "smin.rules/1 ", "org.example.nothing/1", long_name};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (subject->inspector->extension(names[i]))
            say_why(why, "the extension \"%.32s\" is answered with a table", names[i]);
}

/* Size of the table as of number 1, and whether all its functions are there. */
static bool table_is_whole(const char *name, const void *table)
{
    uint32_t size;
    memcpy(&size, table, sizeof(size));
    if (strcmp(name, SMIN_EXT_FRAME) == 0)
        return size >= sizeof(struct smin_ext_frame) && ((const struct smin_ext_frame *)table)->need;
    if (strcmp(name, SMIN_EXT_MESSAGE) == 0)
        return size >= sizeof(struct smin_ext_message) && ((const struct smin_ext_message *)table)->decode;
    if (strcmp(name, SMIN_EXT_STATS) == 0)
        return size >= sizeof(struct smin_ext_stats) && ((const struct smin_ext_stats *)table)->get;
    if (strcmp(name, SMIN_EXT_PACKET) == 0)
        return size >= sizeof(struct smin_ext_packet) && ((const struct smin_ext_packet *)table)->wanted &&
               ((const struct smin_ext_packet *)table)->packet;
    if (strcmp(name, SMIN_EXT_EXPECTED) == 0)
        return size >= sizeof(struct smin_ext_expected) && ((const struct smin_ext_expected *)table)->flow_new;
    if (strcmp(name, SMIN_EXT_FILE_RULES) == 0)
        return size >= sizeof(struct smin_ext_file_rules) && ((const struct smin_ext_file_rules *)table)->wanted &&
               ((const struct smin_ext_file_rules *)table)->judge;
    if (strcmp(name, SMIN_EXT_DETECT) == 0) {
        const struct smin_ext_detect *detect = table;
        return size >= sizeof(*detect) && (detect->pattern_count == 0 || detect->patterns) &&
               detect->pattern_stride >= sizeof(struct smin_detect_pattern);
    }
    const struct smin_ext_rules *rules = table; /* what came later may be missing, but not be empty */
    return SMIN_HAS(rules, matcher) && rules->count && rules->rule && rules->refused && rules->diagnostic_count &&
           rules->diagnostic && rules->matcher && (!SMIN_HAS(rules, text) || rules->text);
}

void check_extension_tables(const struct subject *subject, char *why)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const void *table = subject->inspector->extension(known[i]);
        if (table != subject->inspector->extension(known[i]))
            say_why(why, "%s is another table the second time", known[i]);
        if (table && !table_is_whole(known[i], table))
            say_why(why, "%s is too small or lacks a function", known[i]);
    }
}

static void try_frame(struct bench *bench, const struct smin_ext_frame *frame, const struct sample *sample, char *why)
{
    for (size_t length = 0; length <= sample->length && length <= (size_t)frame->header_bytes + 8; length++) {
        uint64_t total = 0;
        int32_t status = frame->need(guarded_put(&bench->room, sample->bytes, length), length, &total);
        if (status != SMIN_OK && status != SMIN_MORE && status != SMIN_E_MALFORMED)
            say_why(why, "\"%s\", %zu bytes: status %d", sample->name, length, (int)status);
        if (status == SMIN_MORE && length >= frame->header_bytes)
            say_why(why, "\"%s\": %zu bytes are not enough, but %u decide", sample->name, length,
                    (unsigned)frame->header_bytes);
        if (status == SMIN_OK && (length < frame->header_bytes || total < frame->header_bytes))
            say_why(why, "\"%s\", %zu bytes: a total of %llu is less than the header", sample->name, length,
                    (unsigned long long)total);
    }
}

void check_frame(const struct subject *subject, char *why)
{
    const struct smin_ext_frame *frame = subject->inspector->extension(SMIN_EXT_FRAME);
    struct bench bench;
    if (!frame || !begin_bench(&bench, subject, why))
        return;
    if (frame->header_bytes == 0 || frame->header_bytes > 4096)
        say_why(why, "a header of %u bytes", (unsigned)frame->header_bytes);
    else
        for (size_t i = 0; i < subject->samples->count; i++)
            try_frame(&bench, frame, &subject->samples->list[i], why);
    finish_bench(&bench, why);
}

static void decode_one(struct bench *bench, const struct smin_ext_message *message, const struct sample *sample,
                       size_t length, char *why)
{
    struct flow_side flow;
    flow_side_open(&flow, &bench->host);
    flow.whole_message = true;
    flow.in_call = true;
    flow.position[0] = length;
    flow.input = (struct smin_input){.struct_size = sizeof(flow.input), .length = length};
    flow.input.bytes = guarded_put(&bench->room, sample->bytes, length);
    int32_t status = message->decode(bench->thread, &flow.input, &flow);
    guarded_spoil(&bench->room, length);
    /* Truncated within the header: there is nothing to deliver. */
    bool delivers = status == SMIN_OK || (status == SMIN_E_TRUNCATED && flow.outputs > 0);
    if (!delivers && status != SMIN_E_TRUNCATED && status != SMIN_E_MALFORMED && status != SMIN_E_UNSUPPORTED)
        say_why(why, "\"%s\", %zu bytes: status %d", sample->name, length, (int)status);
    if (flow.outputs != (delivers ? 1u : 0u))
        say_why(why, "\"%s\", %zu bytes: status %d, but %llu outputs", sample->name, length, (int)status,
                (unsigned long long)flow.outputs);
}

void check_message(const struct subject *subject, char *why)
{
    const struct smin_ext_message *message = subject->inspector->extension(SMIN_EXT_MESSAGE);
    struct bench bench;
    if (!message || !begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        size_t stride = sample->length / 256 + 1;
        for (size_t length = 0; length < sample->length; length += stride)
            decode_one(&bench, message, sample, length, why);
        decode_one(&bench, message, sample, sample->length, why);
    }
    struct smin_input wrong = {.struct_size = 0};
    if (message->decode(bench.thread, &wrong, NULL) != SMIN_E_MISUSE)
        say_why(why, "an input of size 0 is not SMIN_E_MISUSE");
    finish_bench(&bench, why);
}

static void check_rule_info(const struct smin_rule_info *rule, uint32_t index, char *why)
{
    if (!rule || !SMIN_HAS(rule, references) || !rule->action || !rule->msg || !rule->category || !rule->file ||
        (rule->metadata_count > 0 && !rule->metadata) || (rule->reference_count > 0 && !rule->references))
        say_why(why, "rule %u is missing or incomplete", (unsigned)index);
}

static void check_diagnostic(const struct smin_diagnostic *diagnostic, uint32_t index, char *why)
{
    if (!diagnostic || !SMIN_HAS(diagnostic, text) || !diagnostic->file || !diagnostic->option || !diagnostic->text ||
        diagnostic->line == 0 || diagnostic->severity < SMIN_DIAGNOSTIC_WARNING ||
        diagnostic->severity > SMIN_DIAGNOSTIC_ERROR)
        say_why(why, "diagnostic %u is missing or incomplete", (unsigned)index);
}

/* A rule as text: whole, ended, and as long as it says. */
static void check_rule_text(const struct smin_ext_rules *rules, const struct smin_instance *instance, uint32_t index,
                            char *why)
{
    static char text[SMIN_RULE_TEXT_ROOM];
    for (uint32_t dialect = SMIN_DIALECT_OWN; dialect <= SMIN_DIALECT_SNORT3; dialect++) {
        size_t length = 0;
        memset(text, '#', sizeof(text));
        int32_t status = rules->text(instance, index, dialect, text, sizeof(text), &length);
        if (status == SMIN_E_LIMIT)
            continue;
        if ((status != SMIN_OK && (status != SMIN_E_REFUSED || dialect == SMIN_DIALECT_OWN)) || length == 0 ||
            length >= sizeof(text) || text[length] != '\0' || strlen(text) != length)
            say_why(why, "rule %u as text in dialect %u: status %d, %zu bytes", (unsigned)index, (unsigned)dialect,
                    (int)status, length);
        else if (rules->text(instance, index, dialect, text, 1, &length) != SMIN_E_LIMIT)
            say_why(why, "rule %u as text fits one byte", (unsigned)index);
    }
}

static void walk_texts(const struct smin_ext_rules *rules, const struct smin_instance *instance, char *why)
{
    char text[1];
    size_t length;
    uint32_t count = rules->count(instance);
    for (uint32_t i = 0; i < count; i++)
        check_rule_text(rules, instance, i, why);
    if (rules->text(instance, count, SMIN_DIALECT_OWN, text, sizeof(text), &length) != SMIN_E_MISUSE ||
        rules->text(instance, 0, UINT32_MAX, text, sizeof(text), &length) != SMIN_E_MISUSE)
        say_why(why, "a text of no rule or in no dialect is not SMIN_E_MISUSE");
}

static void walk_rules(const struct smin_ext_rules *rules, const struct smin_instance *instance, char *why)
{
    uint32_t count = rules->count(instance);
    uint32_t diagnostics = rules->diagnostic_count(instance);
    for (uint32_t i = 0; i < count; i++)
        check_rule_info(rules->rule(instance, i), i, why);
    for (uint32_t i = 0; i < diagnostics; i++)
        check_diagnostic(rules->diagnostic(instance, i), i, why);
    if (rules->rule(instance, count) || rules->rule(instance, UINT32_MAX))
        say_why(why, "there is a rule behind the last");
    if (rules->diagnostic(instance, diagnostics) || rules->diagnostic(instance, UINT32_MAX))
        say_why(why, "there is a diagnostic behind the last");
    if (!rules->matcher(instance))
        say_why(why, "the matcher has no name");
    if (SMIN_HAS(rules, text))
        walk_texts(rules, instance, why);
}

void check_rules(const struct subject *subject, char *why)
{
    static const char unreadable[] = "this is no rule\nalert tcp any any -> any any (msg:\"x\"; no_such_option; sid:1;)\n";
    const struct smin_ext_rules *rules = subject->inspector->extension(SMIN_EXT_RULES);
    const struct smin_rule_text text = {"unreadable", unreadable, sizeof(unreadable) - 1};
    struct smin_config config = {.struct_size = sizeof(config), .rule_text_count = 1, .rule_texts = &text};
    struct smin_instance *instance = NULL;
    struct bench bench;
    if (!rules || !begin_bench(&bench, subject, why))
        return;
    walk_rules(rules, bench.instance, why);
    int32_t status = subject->inspector->instance_new(&bench.host.table, &config, &instance);
    if (status != SMIN_OK)
        say_why(why, "a text without any right rule gave status %d; refused rules are listed, not an error", (int)status);
    else {
        if (rules->count(instance) != 0 || rules->refused(instance) == 0 || rules->diagnostic_count(instance) == 0)
            say_why(why, "a text without any right rule is not counted as refused");
        walk_rules(rules, instance, why);
        subject->inspector->instance_free(instance);
    }
    finish_bench(&bench, why);
}

void check_stats(const struct subject *subject, char *why)
{
    const struct smin_ext_stats *extension = subject->inspector->extension(SMIN_EXT_STATS);
    struct bench bench;
    struct guarded room;
    if (!extension || !begin_bench(&bench, subject, why))
        return;
    if (guarded_open(&room, sizeof(struct smin_stats)) != 0)
        say_why(why, "no memory for the check itself");
    for (size_t size = 0; why[0] == '\0' && size <= sizeof(struct smin_stats); size += sizeof(uint64_t)) {
        /* Even a size of 0 takes the four bytes that say so. */
        struct smin_stats stats = {.struct_size = (uint32_t)size};
        uint8_t *place = guarded_put(&room, &stats, size < sizeof(uint64_t) ? sizeof(uint64_t) : size);
        int32_t status = extension->get(bench.thread, (struct smin_stats *)(void *)place);
        bool enough = size >= offsetof(struct smin_stats, flows) + sizeof(uint64_t);
        if (status != (enough ? SMIN_OK : SMIN_E_MISUSE))
            say_why(why, "a caller's size of %zu gave status %d", size, (int)status);
    }
    guarded_close(&room);
    finish_bench(&bench, why);
}
