/* SPDX-License-Identifier: BSD-2-Clause */
/* What rule options ask of the message that is being judged. */
#include <stdlib.h>
#include <string.h>

#include "host/describe.h"
#include "rule/field_test.h"
#include "snort3/work_state.h"

struct smini_work_test {
    struct smini_field_test test;
};

static const struct smin_field *find(const struct smini_work_thread *thread, uint32_t id, uint32_t index)
{
    const struct smin_message *message = smini_work_message(thread);
    for (uint32_t i = 0; message && i < message->field_count; i++) {
        const struct smin_field *field = smini_message_field(message, i);
        if (field->id == id && index-- == 0)
            return field;
    }
    return NULL;
}

static bool raised_before(const struct smin_message *message, uint32_t end, uint32_t id)
{
    for (uint32_t i = 0; i < end; i++)
        if (smini_message_event(message, i)->id == id)
            return true;
    return false;
}

bool smini_work_event(const struct smini_work_thread *thread, uint32_t index, uint32_t *id)
{
    const struct smin_message *message = smini_work_message(thread);
    for (uint32_t i = 0; message && i < message->event_count; i++) {
        *id = smini_message_event(message, i)->id;
        if (!raised_before(message, i, *id) && index-- == 0)
            return true;
    }
    return false;
}

bool smini_work_value(const struct smini_work_thread *thread, uint32_t field, uint32_t index, const uint8_t **bytes,
                      uint32_t *length)
{
    const struct smin_field *found = find(thread, field, index);
    if (!found || !found->bytes)
        return false;
    *bytes = found->bytes;
    *length = found->size;
    return true;
}

/* Snort searches later, so what it is shown stays until the message is done with. */
struct smini_joined {
    struct smini_joined *next;
    const struct smin_message *message;
    uint32_t field;
    uint32_t length;
    uint8_t bytes[];
};

static const struct smini_joined *find_joined(const struct smini_work_thread *thread, uint32_t field)
{
    for (const struct smini_joined *joined = thread->joined; joined; joined = joined->next)
        if (joined->field == field && joined->message == smini_work_message(thread))
            return joined;
    return NULL;
}

static const struct smini_joined *join(struct smini_work_thread *thread, uint32_t field)
{
    const uint8_t *value = NULL;
    uint32_t size = 0;
    size_t total = 0;
    for (uint32_t i = 0; smini_work_value(thread, field, i, &value, &size); i++)
        total += (size_t)size + 1;
    struct smini_joined *made = total <= UINT32_MAX ? malloc(sizeof(*made) + total) : NULL;
    if (!made)
        return NULL;
    *made = (struct smini_joined){.next = thread->joined, .message = smini_work_message(thread), .field = field};
    for (uint32_t i = 0; smini_work_value(thread, field, i, &value, &size); i++) {
        memcpy(made->bytes + made->length, value, size);
        made->bytes[made->length + size] = '\n';
        made->length += size + 1;
    }
    made->length--; /* no line feed behind the last */
    thread->joined = made;
    return made;
}

void smini_work_forget_joined(struct smini_work_thread *thread)
{
    while (thread->joined) {
        struct smini_joined *old = thread->joined;
        thread->joined = old->next;
        free(old);
    }
}

bool smini_work_values(struct smini_work_thread *thread, uint32_t field, const uint8_t **bytes, uint32_t *length)
{
    const uint8_t *second = NULL;
    uint32_t size = 0;
    if (!smini_work_value(thread, field, 0, bytes, length))
        return false;
    if (!smini_work_value(thread, field, 1, &second, &size))
        return true;
    const struct smini_joined *joined = find_joined(thread, field);
    if (!joined)
        joined = join(thread, field);
    if (!joined) {
        thread->counts->limits++;
        return true; /* the first value is better than none */
    }
    *bytes = joined->bytes;
    *length = joined->length;
    return true;
}

/* Quotes keep a text with commas together in a rule of Snort's, and are handed on with it. */
static struct smini_span without_quotes(struct smini_span text)
{
    bool quoted = text.length >= 2 && text.bytes[0] == '"' && text.bytes[text.length - 1] == '"';
    return quoted ? smini_span_part(text, 1, text.length - 2) : text;
}

struct smini_work_test *smini_work_test_new(uint32_t field, const char *text, const char **problem)
{
    struct smini_work_test *made = calloc(1, sizeof(*made));
    *problem = "there is no memory";
    if (!made)
        return NULL;
    struct smini_span span = without_quotes(smini_span_text(text));
    *problem = smini_interval_parse(span, &made->test.test);
    if (*problem) {
        memset(made, 0, sizeof(*made));
        *problem = smini_field_test_parse(span, &made->test);
    }
    if (*problem) {
        free(made);
        return NULL;
    }
    made->test.field = field;
    return made;
}

void smini_work_test_free(struct smini_work_test *test)
{
    free(test);
}

static bool same_integer(const struct smini_integer_test *a, const struct smini_integer_test *b)
{
    return a->compare == b->compare && a->first == b->first && a->second == b->second;
}

bool smini_work_test_same(const struct smini_work_test *a, const struct smini_work_test *b)
{
    const struct smini_field_test *x = &a->test, *y = &b->test;
    return x->field == y->field && same_integer(&x->test, &y->test) && x->choice == y->choice && x->index == y->index &&
           same_integer(&x->count, &y->count) && x->sliced == y->sliced && x->slice_from == y->slice_from &&
           x->slice_to == y->slice_to;
}

/* FNV-1a over what most tests differ in. */
uint32_t smini_work_test_hash(const struct smini_work_test *test)
{
    uint64_t parts[] = {test->test.field, (uint64_t)test->test.test.compare, test->test.test.first,
                        test->test.test.second, (uint64_t)test->test.choice};
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        for (unsigned shift = 0; shift < 64; shift += 8)
            hash = (hash ^ (uint8_t)(parts[i] >> shift)) * 16777619U;
    return hash;
}

bool smini_work_test_holds(const struct smini_work_test *test, const struct smini_work_thread *thread)
{
    const struct smin_message *message = smini_work_message(thread);
    return message && smini_field_test_holds(&test->test, message, 0);
}
