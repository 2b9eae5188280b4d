/* SPDX-License-Identifier: BSD-2-Clause */
/* Phrases and lists of texts: bounded, no printf, any byte may occur. */
#include "base/written.h"
#include "incident/internal.h"

void smini_phrase_add(struct smini_phrase *phrase, struct smini_span text)
{
    static const char cut[] = "...";
    size_t room = SMINI_PHRASE_BYTES - (sizeof(cut) - 1) - phrase->length;
    if (phrase->length >= SMINI_PHRASE_BYTES - (sizeof(cut) - 1))
        return;
    if (text.length > 0)
        memcpy(phrase->bytes + phrase->length, text.bytes, text.length < room ? text.length : room);
    if (text.length < room) {
        phrase->length += text.length;
        return;
    }
    memcpy(phrase->bytes + phrase->length + room, cut, sizeof(cut) - 1);
    phrase->length = SMINI_PHRASE_BYTES;
}

void smini_phrase_say(struct smini_phrase *phrase, const char *text)
{
    smini_phrase_add(phrase, smini_span_text(text));
}

void smini_phrase_number(struct smini_phrase *phrase, uint64_t number)
{
    char digits[SMINI_DECIMAL_TEXT];
    smini_phrase_add(phrase, smini_span_make(digits, smini_decimal(number, digits)));
}

void smini_phrase_address(struct smini_phrase *phrase, const struct smini_incident_address *address)
{
    char text[SMINI_ADDRESS_TEXT];
    smini_phrase_add(phrase, smini_span_make(text, smini_address_text(address->version, address->bytes, text)));
}

void smini_phrase_place(struct smini_phrase *phrase, const char *capture, uint64_t packet)
{
    bool named = *capture != '\0';
    if (!named && packet == 0)
        return; /* an engine that reads a wire has neither */
    smini_phrase_say(phrase, " (");
    smini_phrase_say(phrase, capture);
    if (packet) {
        smini_phrase_say(phrase, named ? " packet " : "packet ");
        smini_phrase_number(phrase, packet);
    }
    smini_phrase_say(phrase, ")");
}

struct smini_span smini_phrase_span(const struct smini_phrase *phrase)
{
    return smini_span_make(phrase->bytes, phrase->length);
}

static int32_t texts_grow(struct smini_text_list *list, struct smini_alloc *alloc)
{
    uint32_t capacity = list->capacity ? list->capacity * 2 : 4;
    struct smini_span *items = smini_alloc_grow(alloc, list->items, list->capacity * sizeof(*items),
                                                capacity * sizeof(*items));
    if (!items)
        return SMIN_E_NOMEM;
    list->items = items;
    list->capacity = capacity;
    return SMIN_OK;
}

/* Sentences of one act begin alike and end with the packet: their ends are compared first. */
static bool same_text(struct smini_span a, struct smini_span b)
{
    enum { TAIL = 8 };
    if (a.length != b.length)
        return false;
    size_t tail = a.length < TAIL ? 0 : a.length - TAIL;
    return memcmp(a.bytes + tail, b.bytes + tail, a.length - tail) == 0 && memcmp(a.bytes, b.bytes, tail) == 0;
}

int32_t smini_texts_add(struct smini_text_list *list, struct smini_alloc *alloc, uint32_t most, struct smini_span text)
{
    if (text.length == 0)
        return SMIN_OK;
    for (uint32_t i = 0; i < list->count; i++)
        if (same_text(list->items[i], text))
            return SMIN_OK;
    list->total++;
    if (list->count >= most)
        return SMIN_E_LIMIT;
    if (list->count == list->capacity && texts_grow(list, alloc) != SMIN_OK)
        return SMIN_E_NOMEM;
    uint8_t *copy = smini_alloc_get(alloc, text.length);
    if (!copy)
        return SMIN_E_NOMEM;
    memcpy(copy, text.bytes, text.length);
    list->items[list->count++] = smini_span_make(copy, text.length);
    return SMIN_OK;
}

void smini_texts_free(struct smini_text_list *list, struct smini_alloc *alloc)
{
    for (uint32_t i = 0; i < list->count; i++)
        smini_set_release(alloc, list->items[i]);
    smini_alloc_free(alloc, list->items, list->capacity * sizeof(*list->items));
    memset(list, 0, sizeof(*list));
}
