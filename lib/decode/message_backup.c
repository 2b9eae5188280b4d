/* SPDX-License-Identifier: BSD-2-Clause */
/* (1, 8) backup request, (1, 9) backup done, (3, 9) backup response, (1, 10) backup record. */
#include "decode/command.h"
#include "decode/tlv.h"
#include "decode/view.h"

enum {
    ITEM_IDENTITY = 1,
    ITEM_LOCAL = 2,  /* one command */
    ITEM_REMOTE = 3, /* three commands */
    IDENTITY_LENGTH = 20,
    SLOT_BYTES = 336,
    LOCAL_LENGTH = SMINI_TLV_16 + SLOT_BYTES,
    REMOTE_LENGTH = SMINI_TLV_16 + 3 * SLOT_BYTES,
    ROTATION_COMMANDS = 3,
    RUN_LEAST = 4, /* shortest text that is worth a look where no item can be found */
};

/* Commands wait for the third: three of them may be a director's rotation. */
struct commands {
    struct smini_view *view;
    struct smini_span waiting[ROTATION_COMMANDS];
    uint32_t count;
    bool irregular; /* something in the message is not as a director sends it */
    bool prepared;
    bool verdict;
    uint32_t first_at;
    uint32_t first_length;
};

static uint32_t effect_event(enum smini_command_effect effect)
{
    switch (effect) {
    case SMINI_COMMAND_EXFILTRATES:
    case SMINI_COMMAND_SERVES:
        return SMINI_EVENT_CONFIG_EXFILTRATION;
    case SMINI_COMMAND_REPLACES_CONFIG:
        return SMINI_EVENT_CONFIG_REPLACEMENT;
    case SMINI_COMMAND_REPLACES_IMAGE:
        return SMINI_EVENT_IMAGE_REPLACEMENT;
    case SMINI_COMMAND_EXECUTES:
        return SMINI_EVENT_COMMAND_EXECUTION;
    case SMINI_COMMAND_EMPTY:
    case SMINI_COMMAND_PREPARES:
        break;
    }
    return 0;
}

static void judge_command(struct commands *commands, struct smini_span text)
{
    enum smini_command_effect effect = smini_command_effect(text, commands->prepared);
    if (effect == SMINI_COMMAND_PREPARES)
        commands->prepared = true;
    commands->view->serves |= effect == SMINI_COMMAND_SERVES;
    uint32_t event = effect_event(effect);
    if (event == 0)
        return;
    smini_view_event(commands->view, event, smini_view_at(commands->view, text.bytes), (uint32_t)text.length, 0);
    commands->verdict = true;
}

static void judge_waiting(struct commands *commands)
{
    uint32_t waiting = commands->count < ROTATION_COMMANDS ? commands->count : ROTATION_COMMANDS;
    for (uint32_t i = 0; i < waiting; i++)
        judge_command(commands, commands->waiting[i]);
}

static void add_command(struct commands *commands, struct smini_span text, uint32_t covers, uint32_t flags)
{
    struct smini_view *view = commands->view;
    uint32_t at = smini_view_at(view, text.bytes);
    smini_view_bytes(view, SMINI_FIELD_COMMAND, at, covers, text, flags);
    smini_view_check_text(view, text);
    if (!smini_view_urls_in(view, text)) {
        struct smini_span file = smini_command_file(text);
        if (file.length > 0)
            smini_view_bytes(view, SMINI_FIELD_FILENAME, smini_view_at(view, file.bytes), (uint32_t)file.length, file,
                             0);
    }
    if (commands->count == 0) {
        commands->first_at = at;
        commands->first_length = (uint32_t)text.length;
    }
    if (commands->count < ROTATION_COMMANDS) {
        commands->waiting[commands->count++] = text;
        return;
    }
    if (commands->count == ROTATION_COMMANDS) {
        judge_waiting(commands);
        commands->count++;
    }
    judge_command(commands, text);
}

/* Bytes that the capture lacks accuse nobody: then what is left has to be of the rotation, not all of it there. */
static bool is_rotation(const struct commands *commands)
{
    if (commands->irregular)
        return false;
    if (commands->count == ROTATION_COMMANDS)
        return smini_command_is_rotation(commands->waiting);
    return commands->count < ROTATION_COMMANDS && commands->view->hole_count > 0 &&
           smini_command_is_rotation_part(commands->waiting, commands->count);
}

static void finish_commands(struct commands *commands)
{
    struct smini_view *view = commands->view;
    if (commands->count == 0)
        return;
    if (is_rotation(commands)) {
        smini_view_event(view, SMINI_EVENT_DIRECTOR_BACKUP, commands->first_at, commands->first_length, 0);
        return;
    }
    if (commands->count <= ROTATION_COMMANDS)
        judge_waiting(commands);
    /* Preparation that nothing follows is still a command that the client ran for somebody. */
    if (!commands->verdict && commands->prepared)
        smini_view_event(view, SMINI_EVENT_COMMAND_EXECUTION, commands->first_at, commands->first_length, 0);
}

static void read_slot(struct commands *commands, uint32_t at, uint32_t length, bool whole)
{
    struct smini_view *view = commands->view;
    struct smini_slot slot = smini_view_slot(view, at, length);
    if (!slot.seen || slot.text.length == 0)
        return;
    uint32_t flags = slot.flags;
    /* A slot that the end of the capture cut is not one that the sender left open. */
    if ((flags & SMIN_FIELD_UNTERMINATED) && !whole)
        flags = SMIN_FIELD_CUT;
    if (flags & SMIN_FIELD_UNTERMINATED) {
        smini_view_event(view, SMINI_EVENT_COMMAND_UNTERMINATED, at, length, 0);
        commands->irregular = true;
    }
    add_command(commands, slot.text, slot.covers, flags);
}

/* Text that stands where no item could be found: broken clones shift their items. */
static void search_commands(struct commands *commands, uint32_t at, uint32_t end)
{
    struct smini_view *view = commands->view;
    struct smini_span bytes = smini_view_span(view, at, end - at);
    commands->irregular = true;
    size_t from = 0;
    for (;;) {
        struct smini_span run = smini_text_next_run(bytes, &from, RUN_LEAST);
        if (run.length == 0)
            return;
        /* A printable byte or two of what stands in front can hide where the command begins. */
        size_t skip = 0;
        while (skip < 3 && !smini_command_known(smini_span_part(run, skip, run.length)))
            skip++;
        size_t url = 0;
        if (skip == 3 && smini_text_next_url(run, &url).length == 0)
            continue;
        run = smini_span_part(run, skip == 3 ? 0 : skip, run.length);
        add_command(commands, run, (uint32_t)run.length, 0);
    }
}

static void read_identity(struct smini_view *view, const struct smini_tlv *item)
{
    uint32_t at = (uint32_t)item->offset + SMINI_TLV_16;
    if (smini_cursor_left(&item->value) < IDENTITY_LENGTH - SMINI_TLV_16)
        return;
    smini_view_word(view, SMINI_FIELD_SEQUENCE, at);
    smini_view_word(view, SMINI_FIELD_FRAGMENTS, at + 4);
    smini_view_raw(view, SMINI_FIELD_MAC, at + 8, 6);
}

static void read_slots(struct commands *commands, const struct smini_tlv *item, bool whole)
{
    uint32_t at = (uint32_t)item->offset + SMINI_TLV_16;
    uint32_t left = (uint32_t)smini_cursor_left(&item->value);
    while (left > 0) {
        uint32_t length = left < SLOT_BYTES ? left : SLOT_BYTES;
        read_slot(commands, at, length, whole || length == SLOT_BYTES);
        at += length;
        left -= length;
    }
}

static void read_item(struct commands *commands, const struct smini_tlv *item, bool whole)
{
    struct smini_view *view = commands->view;
    uint32_t at = (uint32_t)item->offset;
    uint32_t usual = 0;
    switch (item->type) {
    case ITEM_IDENTITY:
        usual = IDENTITY_LENGTH;
        read_identity(view, item);
        break;
    case ITEM_LOCAL:
        usual = LOCAL_LENGTH;
        read_slots(commands, item, whole);
        break;
    case ITEM_REMOTE:
        usual = REMOTE_LENGTH;
        read_slots(commands, item, whole);
        break;
    default:
        smini_view_event(view, SMINI_EVENT_TLV_UNKNOWN, at, 4, item->type);
        search_commands(commands, at, at + SMINI_TLV_16 + (uint32_t)smini_cursor_left(&item->value));
        return;
    }
    if (item->length != usual) {
        smini_view_event(view, SMINI_EVENT_TLV_LENGTH_UNUSUAL, at + 2, 2, item->length);
        commands->irregular = true;
    }
}

/* Walks the items; gives the place from which on none can be found. */
static uint32_t read_items(struct commands *commands)
{
    struct smini_view *view = commands->view;
    uint64_t declared_end = SMINI_HEADER_BYTES + (uint64_t)view->header.length;
    struct smini_cursor items = smini_cursor_make(smini_view_span(view, 0, view->size), 0);
    smini_cursor_skip(&items, SMINI_HEADER_BYTES);
    struct smini_tlv item;
    while (smini_view_has(view, (uint32_t)items.offset, SMINI_TLV_16)) {
        uint32_t at = (uint32_t)items.offset;
        enum smini_tlv_status status = smini_tlv_next(&items, SMINI_TLV_16, &item);
        smini_view_item(view, at, 2, item.type, item.length);
        bool past_end = item.offset + item.length > declared_end;
        if (status == SMINI_TLV_SHORT || past_end) {
            smini_view_event(view, SMINI_EVENT_TLV_LENGTH_INVALID, at + 2, 2, item.length);
            commands->irregular = true;
        }
        if (status == SMINI_TLV_SHORT)
            return at;
        read_item(commands, &item, status == SMINI_TLV_ITEM || past_end);
        if (status == SMINI_TLV_LONG)
            return view->size;
    }
    return (uint32_t)items.offset;
}

void smini_message_backup_request_decode(struct smini_view *view)
{
    if (view->size <= SMINI_HEADER_BYTES)
        return;
    struct commands commands = {.view = view};
    uint32_t rest = read_items(&commands);
    if (rest < view->size)
        search_commands(&commands, rest, view->size);
    finish_commands(&commands);
}

void smini_message_backup_trailer_decode(struct smini_view *view)
{
    struct commands commands = {.view = view};
    search_commands(&commands, 0, view->size);
    finish_commands(&commands);
}

void smini_message_backup_done_decode(struct smini_view *view)
{
    smini_view_word(view, SMINI_FIELD_STATUS, SMINI_HEADER_BYTES);
}

enum { AT_HOSTNAME = 16, HOSTNAME_BYTES = 40, AT_MAC = 56 };

/* A name that somebody filled in; the record that tools send has 40 times 0xff there. */
static void read_identity_record(struct smini_view *view)
{
    struct smini_slot name = smini_view_slot(view, AT_HOSTNAME, HOSTNAME_BYTES);
    if (name.seen && name.text.length > 0 && name.text.bytes[0] != 0xff) {
        smini_view_bytes(view, SMINI_FIELD_HOSTNAME, AT_HOSTNAME, name.covers, name.text, name.flags);
        smini_view_check_text(view, name.text);
    }
    smini_view_raw(view, SMINI_FIELD_MAC, AT_MAC, 6);
}

void smini_message_backup_response_decode(struct smini_view *view)
{
    enum { AT_ADDRESS = 62, AT_MD5 = 68, AT_STATUS = 88, STATUS_SUCCESS = 1 };
    read_identity_record(view);
    smini_view_raw(view, SMINI_FIELD_ADDRESS, AT_ADDRESS, 4);
    smini_view_raw(view, SMINI_FIELD_MD5, AT_MD5, 16);
    smini_view_word(view, SMINI_FIELD_STATUS, AT_STATUS);
    if (smini_view_has(view, AT_STATUS, 4) && smini_view_u32(view, AT_STATUS) == STATUS_SUCCESS)
        smini_view_event(view, SMINI_EVENT_BACKUP_CONFIRMED, AT_STATUS, 4, STATUS_SUCCESS);
}

void smini_message_backup_record_decode(struct smini_view *view)
{
    enum { AT_ADDRESS = 64, AT_WORD = 68, AT_MD5 = 72, AT_STATUS = 92 };
    read_identity_record(view);
    smini_view_raw(view, SMINI_FIELD_ADDRESS, AT_ADDRESS, 4);
    smini_view_word(view, SMINI_FIELD_RECORD_WORD, AT_WORD);
    smini_view_raw(view, SMINI_FIELD_MD5, AT_MD5, 16);
    smini_view_word(view, SMINI_FIELD_STATUS, AT_STATUS);
}
