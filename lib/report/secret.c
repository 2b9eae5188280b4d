/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/secret.h"

#include "device/ios_text.h"

/* Keeps the parts ascending and apart; what touches becomes one. */
static void add(struct smini_secrets *secrets, size_t start, size_t end)
{
    uint32_t at = 0, kept = 0;
    for (uint32_t i = 0; i < secrets->count; i++) {
        struct smini_secret other = secrets->part[i];
        if (other.start <= end && start <= other.start + other.length) {
            end = other.start + other.length > end ? other.start + other.length : end;
            start = other.start < start ? other.start : start;
            continue;
        }
        secrets->part[kept++] = other;
    }
    secrets->count = kept;
    while (at < kept && secrets->part[at].start < start)
        at++;
    if (kept == SMINI_SECRETS_MAX)
        return;
    memmove(&secrets->part[at + 1], &secrets->part[at], (kept - at) * sizeof(secrets->part[0]));
    secrets->part[at].start = start;
    secrets->part[at].length = end - start;
    secrets->count++;
}

static void hide_rest(struct smini_secrets *secrets, size_t start, size_t end)
{
    while (secrets->count > 0 && secrets->part[secrets->count - 1].start >= start)
        secrets->count--;
    if (secrets->count == SMINI_SECRETS_MAX)
        start = secrets->part[--secrets->count].start;
    if (start < end)
        add(secrets, start, end);
}

/* False when there are too many to keep. */
static bool read_from(struct smini_secrets *secrets, struct smini_span text, size_t from)
{
    struct smini_ios_text reader;
    struct smini_ios_line line;
    smini_ios_text_begin(&reader, smini_span_part(text, from, text.length), SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line)) {
        for (uint32_t i = 0; i < line.secret_count; i++) {
            size_t start = from + line.offset + line.secrets[i].at;
            add(secrets, start, start + line.secrets[i].length);
            if (secrets->count == SMINI_SECRETS_MAX)
                return false;
        }
    }
    return true;
}

/* A command of its own may begin behind these. */
static bool may_begin_command(struct smini_span text, size_t at)
{
    uint8_t byte = text.bytes[at];
    bool blank = at + 1 < text.length && text.bytes[at + 1] == ' ';
    return byte == '"' || byte == '\'' || byte == ';' || byte == '|' || byte == '`' || (byte == ':' && blank);
}

void smini_secrets_find(struct smini_secrets *secrets, struct smini_span text)
{
    uint32_t readings = 1;
    secrets->count = 0;
    bool room = read_from(secrets, text, 0);
    for (size_t at = 0; at < text.length && room; at++) {
        if (!may_begin_command(text, at))
            continue;
        if (readings++ == SMINI_SECRET_READINGS_MAX) {
            hide_rest(secrets, at + 1, text.length);
            return;
        }
        room = read_from(secrets, text, at + 1);
    }
    if (!room)
        hide_rest(secrets, secrets->part[SMINI_SECRETS_MAX - 1].start, text.length);
}
