/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/contents.h"

#include "tftp/transfer.h"

uint64_t smini_tftp_digest(struct smini_span bytes)
{
    uint64_t state = 0xcbf29ce484222325u;
    for (size_t i = 0; i < bytes.length; i++)
        state = (state ^ bytes.bytes[i]) * 0x100000001b3u;
    return state;
}

static void keep_prefix(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span data)
{
    enum { FIRST_ROOM = 512 };
    uint32_t room = SMINI_TFTP_PREFIX_BYTES - transfer->prefix_length;
    uint32_t take = data.length < room ? (uint32_t)data.length : room;
    if (take == 0 || transfer->gap_bytes != 0 || transfer->bytes != transfer->prefix_length)
        return;
    uint32_t needed = transfer->prefix_room ? transfer->prefix_room : FIRST_ROOM;
    while (needed < transfer->prefix_length + take)
        needed *= 2;
    if (needed > transfer->prefix_room) {
        uint8_t *bigger = smini_alloc_grow(&thread->alloc, transfer->prefix, transfer->prefix_room, needed);
        if (!bigger)
            return; /* the prefix ends here; the field says so */
        transfer->prefix = bigger;
        transfer->prefix_room = needed;
    }
    memcpy(transfer->prefix + transfer->prefix_length, data.bytes, take);
    transfer->prefix_length += take;
}

/* The next bytes of the file. */
static void give(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span bytes)
{
    if (bytes.length == 0)
        return;
    keep_prefix(thread, transfer, bytes);
    if (transfer->file)
        thread->instance->guest.file->data(thread->instance->guest.host.user, transfer->file, bytes.bytes, bytes.length);
    transfer->bytes += bytes.length;
}

static void give_text(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span wire)
{
    uint8_t text[1024];
    while (wire.length > 0) {
        struct smini_span part = smini_span_part(wire, 0, sizeof(text) - 1);
        give(thread, transfer, smini_span_make(text, smini_netascii_undo(&transfer->netascii, part, text)));
        wire = smini_span_part(wire, part.length, wire.length);
    }
    if (transfer->netascii.invalid)
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_NETASCII_INVALID, transfer->next);
}

/* What waits for the byte behind it gets none. */
static void end_text(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    uint8_t rest;
    give(thread, transfer, smini_span_make(&rest, smini_netascii_end(&transfer->netascii, &rest)));
}

static void remember(struct smini_tftp_transfer *transfer, uint64_t block, struct smini_span data)
{
    transfer->seen[block % SMINI_TFTP_SEEN_BLOCKS] = (struct smini_tftp_seen){
        .digest = smini_tftp_digest(data), .block = (uint32_t)block, .length = (uint32_t)data.length};
}

/* The block whose turn it is. */
static void take(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span data)
{
    smini_tftp_transfer_open_file(thread, transfer);
    remember(transfer, transfer->next, data);
    if (data.length > transfer->blksize)
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_BLOCK_OVERSIZED, data.length);
    if (transfer->text)
        give_text(thread, transfer, data);
    else
        give(thread, transfer, data);
    transfer->wire_bytes += data.length;
    transfer->blocks++;
    transfer->next++;
    transfer->last_seen = data.length < transfer->blksize;
    if (transfer->last_seen && transfer->netascii.carriage) {
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_NETASCII_INVALID, transfer->next - 1);
        end_text(thread, transfer);
    }
}

/* Blocks up to, but without, `block` moved unseen. All but the last are full, so their size is known. */
static void skip_to(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint64_t block)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (block <= transfer->next)
        return;
    uint64_t missing = (block - transfer->next) * transfer->blksize;
    smini_tftp_transfer_open_file(thread, transfer);
    smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_DATA_GAP, transfer->next);
    end_text(thread, transfer);
    if (transfer->file)
        host->gap(thread->instance->guest.host.user, transfer->file, missing);
    transfer->gap_bytes += missing;
    transfer->next = block;
}

static void release_held(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    struct smini_tftp_held *first = transfer->held;
    transfer->held = first->next;
    transfer->held_bytes -= first->length;
    transfer->held_blocks--;
    smini_alloc_free(&thread->alloc, first, sizeof(*first) + first->length);
}

/* What waited for its turn, as far as that has come. */
static void take_held(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    while (transfer->held && transfer->held->block <= transfer->next && !transfer->last_seen) {
        if (transfer->held->block == transfer->next)
            take(thread, transfer, smini_span_make(transfer->held->bytes, transfer->held->length));
        release_held(thread, transfer);
    }
}

static int32_t hold(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint64_t block,
                    struct smini_span data)
{
    struct smini_tftp_held **at = &transfer->held;
    while (*at && (*at)->block < block)
        at = &(*at)->next;
    if (*at && (*at)->block == block) {
        transfer->duplicates++;
        return SMIN_OK;
    }
    struct smini_tftp_held *made = smini_alloc_get(&thread->alloc, sizeof(*made) + data.length);
    if (!made)
        return SMIN_E_NOMEM;
    made->block = block;
    made->length = (uint32_t)data.length;
    if (data.length > 0)
        memcpy(made->bytes, data.bytes, data.length);
    made->next = *at;
    *at = made;
    transfer->held_bytes += made->length;
    transfer->held_blocks++;
    return SMIN_OK;
}

static void compare(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint64_t block,
                    struct smini_span data)
{
    const struct smini_tftp_seen *seen = &transfer->seen[block % SMINI_TFTP_SEEN_BLOCKS];
    if (seen->block != (uint32_t)block) {
        if (block + SMINI_TFTP_SEEN_BLOCKS > transfer->next && transfer->gap_bytes > 0)
            smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_BLOCK_LATE, block);
        else
            transfer->duplicates++;
        return;
    }
    transfer->duplicates++;
    if (seen->length != data.length || seen->digest != smini_tftp_digest(data))
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_BLOCK_DIFFERS, block);
}

/* Numbers have 16 bits; the nearest block of that number is meant. Behind 65535 some count on with 1, and some with 0. */
static int32_t distance(const struct smini_tftp_transfer *transfer, uint16_t number)
{
    uint64_t shift = transfer->wraps_to_one ? (transfer->next - 1) / 65535 : 0;
    uint16_t expected = (uint16_t)(transfer->next + shift);
    int32_t ahead = (int16_t)(uint16_t)(number - expected);
    if (transfer->wraps_to_one && ahead < 0 && number > expected) /* there is no block 0 in between */
        ahead++;
    else if (transfer->wraps_to_one && ahead > 0 && number < expected)
        ahead--;
    return ahead;
}

static void agree_silently(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span data)
{
    if (transfer->agreed_seen || transfer->blocks > 0)
        return;
    /* The server's word on the options is not in the capture; the length of the first block is as good. */
    if ((transfer->wanted.known & SMINI_TFTP_OPTION_BLKSIZE) && data.length > SMINI_TFTP_BLOCK_BYTES &&
        data.length == transfer->wanted.blksize) {
        transfer->blksize = transfer->wanted.blksize;
        if (transfer->wanted.known & SMINI_TFTP_OPTION_WINDOWSIZE)
            transfer->window = transfer->wanted.windowsize;
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_OACK_MISSING, data.length);
    }
}

int32_t smini_tftp_contents_block(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint16_t number,
                                  struct smini_span data)
{
    if (transfer->next == 65536 && number == 1 && !transfer->wraps_to_one && !transfer->last_seen)
        transfer->wraps_to_one = true;
    int32_t ahead = distance(transfer, number);
    if (ahead < 0) {
        if ((uint64_t)-(int64_t)ahead < transfer->next)
            compare(thread, transfer, transfer->next - (uint64_t)-(int64_t)ahead, data);
        else
            transfer->duplicates++;
        return SMIN_OK;
    }
    if (transfer->last_seen || transfer->finished) {
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_BLOCK_AFTER_END, number);
        return SMIN_OK;
    }
    agree_silently(thread, transfer, data);
    uint64_t block = transfer->next + (uint64_t)ahead;
    bool room = transfer->held_blocks < SMINI_TFTP_HELD_BLOCKS &&
                data.length <= SMINI_TFTP_HELD_BYTES - transfer->held_bytes;
    if (ahead > 0 && transfer->window > 1 && room)
        return hold(thread, transfer, block, data);
    if (ahead > 0 && transfer->window > 1) {
        thread->stats.limit_hits++;
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_LIMIT_HELD, transfer->held_blocks);
        smini_tftp_contents_flush(thread, transfer);
        if (transfer->last_seen || block < transfer->next)
            return SMIN_OK;
    }
    /* Without a window the sender goes on only when it was told to: what is missing moved. */
    skip_to(thread, transfer, block);
    take(thread, transfer, data);
    take_held(thread, transfer);
    return SMIN_OK;
}

bool smini_tftp_contents_acknowledged(struct smin_thread *thread, struct smini_tftp_transfer *transfer,
                                      uint16_t number)
{
    int32_t ahead = distance(transfer, number);
    if (transfer->last_seen)
        return ahead == -1;
    if (ahead < 0 || (transfer->next == 1 && number == 0))
        return false;
    /* The receiver has blocks that were not seen here. */
    uint64_t behind = transfer->next + (uint64_t)ahead + 1;
    while (transfer->next < behind && !transfer->last_seen) {
        uint64_t until = transfer->held && transfer->held->block < behind ? transfer->held->block : behind;
        skip_to(thread, transfer, until);
        take_held(thread, transfer);
    }
    return transfer->last_seen && transfer->next == behind;
}

void smini_tftp_contents_flush(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    while (transfer->held && !transfer->last_seen) {
        skip_to(thread, transfer, transfer->held->block);
        take_held(thread, transfer);
    }
    end_text(thread, transfer);
    smini_tftp_contents_drop(thread, transfer);
}

void smini_tftp_contents_drop(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    while (transfer->held)
        release_held(thread, transfer);
}
