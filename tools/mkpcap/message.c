/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"

#include "arguments.h"
#include "smin/status.h"

enum { HEADER_BYTES = 16, COMMAND_SLOT = 336, BACKUP_COMMANDS = 3 };

void smini_message_put(struct smini_bytebuf *out, const void *bytes, size_t length)
{
    if (length && smini_bytebuf_add(out, smini_span_make(bytes, length)) != SMIN_OK)
        smini_store_stop(SMINI_EXIT_INTERNAL, "a line makes more than %zu bytes", out->cap);
}

void smini_message_fill(struct smini_bytebuf *out, uint8_t byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        smini_message_put(out, &byte, 1);
}

static void put_u16(struct smini_bytebuf *out, uint32_t value)
{
    uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)value};
    smini_message_put(out, bytes, sizeof(bytes));
}

static void put_u32(struct smini_bytebuf *out, uint32_t value)
{
    put_u16(out, value >> 16);
    put_u16(out, value & 0xffff);
}

/* Text in a slot of fixed size, filled up with `pad`; longer text is cut to the slot. */
static void put_slot(struct smini_bytebuf *out, struct smini_span text, size_t size, uint32_t pad)
{
    size_t length = text.length < size ? text.length : size;
    smini_message_put(out, text.bytes, length);
    smini_message_fill(out, (uint8_t)pad, size - length);
}

/* Words 32 to 47 of both download messages: reload now, reload scheduled, hours, minutes. */
static void put_reload(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, smini_arguments_number(in, "now", 0));
    put_u32(out, smini_arguments_number(in, "scheduled", 0));
    put_u32(out, smini_arguments_number(in, "hours", 0));
    put_u32(out, smini_arguments_number(in, "minutes", 0));
}

static void build_download_image(struct smini_arguments *in, struct smini_bytebuf *out)
{
    uint32_t now = smini_arguments_number(in, "now", 0);
    put_u32(out, 2);
    put_u32(out, smini_arguments_number(in, "flags", now ? 0x821 : 0x801));
    put_u32(out, 0);
    put_u32(out, 0);
    put_reload(in, out);
    put_u32(out, 1);
    put_slot(out, smini_arguments_text(in, "url", ""), 412, smini_arguments_number(in, "url-pad", 0));
    put_u32(out, 1);
}

static void build_download_config(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, 3);
    put_u32(out, 0);
    put_u32(out, 0);
    put_u32(out, 2);
    put_reload(in, out);
    put_slot(out, smini_arguments_text(in, "slot1", ""), 132, 0);
    put_slot(out, smini_arguments_text(in, "url", ""), 132, smini_arguments_number(in, "url-pad", 0));
}

static void build_execute(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, 1);
    put_slot(out, smini_arguments_text(in, "slot1", ""), 128, 0);
    put_slot(out, smini_arguments_text(in, "slot2", ""), 264, 0);
    put_slot(out, smini_arguments_text(in, "url", ""), 128, smini_arguments_number(in, "url-pad", 0));
    put_u32(out, 1);
}

static void build_capabilities(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, smini_arguments_number(in, "a", 1));
    put_u32(out, smini_arguments_number(in, "b", 0));
}

static void build_status(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, smini_arguments_number(in, "status", 1));
}

/* The item's declared length and its real one are two values: their disagreement is what the cases are about. */
static void build_init_discovery(struct smini_arguments *in, struct smini_bytebuf *out)
{
    uint32_t declared = smini_arguments_number(in, "item-length", 28);
    put_u32(out, smini_arguments_number(in, "item-type", 1));
    put_u32(out, declared);
    smini_message_fill(out, (uint8_t)smini_arguments_number(in, "fill", 0),
                       smini_arguments_number(in, "value-length", declared));
}

static void put_identity_item(struct smini_arguments *in, struct smini_bytebuf *out)
{
    static const uint8_t no_mac[6];
    put_u16(out, 1);
    put_u16(out, smini_arguments_number(in, "identity-length", 20));
    put_u32(out, smini_arguments_number(in, "sequence", 1));
    put_u32(out, smini_arguments_number(in, "fragments", 0));
    smini_message_put(out, smini_arguments_bytes(in, "mac", 6, no_mac), 6);
    put_u16(out, 0);
}

static void build_backup_request(struct smini_arguments *in, struct smini_bytebuf *out)
{
    static const char *const keys[BACKUP_COMMANDS] = {"command", "command2", "command3"};
    uint32_t tlv = smini_arguments_number(in, "tlv", 3);
    uint32_t slots = smini_arguments_number(in, "slots", tlv == 2 ? 1 : BACKUP_COMMANDS);
    uint32_t pad = smini_arguments_number(in, "command-pad", 0);
    if (!smini_arguments_flag(in, "no-identity"))
        put_identity_item(in, out);
    put_u16(out, tlv);
    put_u16(out, smini_arguments_number(in, "tlv-length", 4 + slots * COMMAND_SLOT));
    for (uint32_t i = 0; i < slots; i++) {
        struct smini_span text = smini_span_text("");
        if (i < BACKUP_COMMANDS)
            text = smini_arguments_text(in, keys[i], "");
        put_slot(out, text, COMMAND_SLOT, text.length ? pad : 0);
    }
}

static void build_backup_done(struct smini_arguments *in, struct smini_bytebuf *out)
{
    put_u32(out, smini_arguments_number(in, "result", 1));
}

static void build_backup_response(struct smini_arguments *in, struct smini_bytebuf *out)
{
    static const uint8_t none[16];
    put_slot(out, smini_arguments_text(in, "hostname", ""), 40, 0);
    smini_message_put(out, smini_arguments_bytes(in, "mac", 6, none), 6);
    put_u32(out, 0);
    put_u16(out, 0);
    smini_message_put(out, smini_arguments_bytes(in, "md5", 16, none), 16);
    put_u32(out, 0);
    put_u32(out, smini_arguments_number(in, "status", 1));
}

/* The only form seen names nobody: all identity bytes are ff. */
static void build_backup_record(struct smini_arguments *in, struct smini_bytebuf *out)
{
    static const uint8_t wildcard[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    const struct smini_word *hostname = smini_arguments_find(in, "hostname");
    put_slot(out, hostname ? hostname->value : smini_span_text(""), 40, hostname ? 0 : 0xff);
    smini_message_put(out, smini_arguments_bytes(in, "mac", 6, wildcard), 6);
    put_u16(out, 0xffff);
    put_u32(out, 0xffffffffu);
    put_u32(out, smini_arguments_number(in, "word", 0x555cca68u));
    smini_message_fill(out, 0, 16);
    put_u32(out, 0xffffffffu);
    put_u32(out, smini_arguments_number(in, "status", 1));
}

static void build_header_only(struct smini_arguments *in, struct smini_bytebuf *out)
{
    (void)in;
    (void)out;
}

static const struct {
    const char *name;
    uint32_t from;
    uint32_t version;
    uint32_t type;
    void (*build)(struct smini_arguments *in, struct smini_bytebuf *out);
} messages[] = {
    {"download-image", 1, 1, 2, build_download_image},
    {"download-config", 1, 1, 3, build_download_config},
    {"capabilities-request", 1, 1, 4, build_capabilities},
    {"execute", 2, 1, 5, build_execute},
    {"init-discovery", 1, 1, 7, build_init_discovery},
    {"backup-request", 1, 1, 8, build_backup_request},
    {"backup-done", 1, 0, 9, build_backup_done},
    {"backup-record", 1, 1, 10, build_backup_record},
    {"capabilities-response", 4, 0, 3, build_capabilities},
    {"status", 4, 0, 4, build_status},
    {"backup-response", 3, 0, 9, build_backup_response},
    {"header", 0, 0, 0, build_header_only},
};

void smini_message_build(const struct smini_words *words, size_t first, size_t last, struct smini_bytebuf *out)
{
    size_t row = 0, rows = sizeof(messages) / sizeof(messages[0]);
    while (row < rows && !(first < last && smini_words_is(&words->items[first], messages[row].name)))
        row++;
    if (row == rows)
        smini_words_stop(words, "smi: unknown message '%s'",
                         first < last ? smini_words_text(&words->items[first]) : "");
    struct smini_arguments in;
    smini_arguments_init(&in, words, first + 1, last);
    struct smini_bytebuf body;
    smini_bytebuf_init(&body, out->alloc, out->cap);
    messages[row].build(&in, &body);
    size_t cut = smini_arguments_number(&in, "cut", UINT32_MAX);
    size_t start = out->length;
    put_u32(out, smini_arguments_number(&in, "from", messages[row].from));
    put_u32(out, smini_arguments_number(&in, "version", messages[row].version));
    put_u32(out, smini_arguments_number(&in, "type", messages[row].type));
    put_u32(out, smini_arguments_number(&in, "length", (uint32_t)body.length));
    smini_message_put(out, body.bytes, body.length);
    if (cut < HEADER_BYTES + body.length)
        out->length = start + cut;
    smini_bytebuf_free(&body);
    smini_arguments_finish(&in);
}
