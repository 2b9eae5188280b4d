/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng: blocks that say their type, and their length in front and behind. */
#include "replay/capture_state.h"
#include "replay/pcapng_block.h"

enum { BLOCK_MIN = 12 };
/* Block types look the same in both byte orders only for the section header. */
enum { BYTE_ORDER_MAGIC = 0x1a2b3c4d };

static uint32_t block_u32(const struct smini_capture *capture, uint32_t at)
{
    return smini_capture_u32(capture, smini_window_bytes(&capture->window) + at);
}

static bool is_packet(uint32_t type)
{
    return type == SMINI_BLOCK_PACKET || type == SMINI_BLOCK_SIMPLE || type == SMINI_BLOCK_OLD_PACKET;
}

static bool length_is_possible(const struct smini_capture *capture, uint32_t length)
{
    return length >= BLOCK_MIN && length % 4 == 0 && length <= capture->limits.block_bytes_max;
}

/* Sets the byte order by the section header at the window's position. */
static bool set_byte_order(struct smini_capture *capture)
{
    capture->big_endian = false;
    if (block_u32(capture, 8) == BYTE_ORDER_MAGIC)
        return true;
    capture->big_endian = true;
    return block_u32(capture, 8) == BYTE_ORDER_MAGIC;
}

/* A section header makes everything that was described before it void. The block is whole in the window. */
static int32_t begin_section(struct smini_capture *capture, const uint8_t *block, uint32_t length)
{
    uint64_t offset = smini_window_offset(&capture->window);
    if (length < 28)
        return smini_capture_report(capture, SMIN_E_MALFORMED, "section_header_short", offset, true, NULL);
    if (smini_capture_u16(capture, block + 12) != 1)
        return smini_capture_report(capture, SMIN_E_UNSUPPORTED, "file_version_unsupported", offset, true,
                                    "only pcapng version 1 is read");
    capture->interface_first += capture->interface_count;
    capture->interface_count = 0;
    capture->interfaces_refused = false;
    capture->in_section = true;
    return SMIN_OK;
}

int32_t smini_pcapng_open(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    if (block_u32(capture, 0) != SMINI_BLOCK_SECTION)
        return SMIN_E_NOT_FOUND;
    int32_t status = smini_window_need(window, BLOCK_MIN);
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status, "file_header_cut");
    if (!set_byte_order(capture)) {
        (void)smini_capture_report(capture, SMIN_E_MALFORMED, "section_byte_order_wrong", 8, true, NULL);
        return smini_capture_finish(capture, SMIN_E_MALFORMED);
    }
    capture->format = SMINI_FORMAT_PCAPNG;
    return SMIN_OK; /* the block itself is read like any other */
}

/* A block that nobody asks for is passed over without room for it. */
static int32_t skip_block(struct smini_capture *capture, uint32_t length)
{
    struct smini_window *window = &capture->window;
    int32_t status = smini_window_skip(window, length - 4);
    if (status == SMIN_OK)
        status = smini_window_need(window, 4);
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status, "file_truncated");
    if (block_u32(capture, 0) != length)
        return smini_pcapng_resume(capture, "block_length_mismatch");
    window->at += 4;
    return SMIN_OK;
}

static int32_t take_description(struct smini_capture *capture, uint32_t type, uint32_t length)
{
    const uint8_t *block = smini_window_bytes(&capture->window);
    int32_t status = SMIN_OK;
    if (type == SMINI_BLOCK_SECTION && capture->in_section && smini_pcapng_is_own(capture, block, length)) {
        capture->at_own_section = true;
        return smini_capture_finish(capture, SMIN_DONE);
    }
    if (type == SMINI_BLOCK_SECTION)
        status = begin_section(capture, block, length);
    else if (type == SMINI_BLOCK_INTERFACE)
        status = smini_pcapng_interface(capture, block, length);
    if (status != SMIN_OK)
        return smini_capture_finish(capture, status);
    capture->window.at += length;
    return SMIN_OK;
}

/*
 * The block at the window's position: makes it whole there when it holds a
 * packet, else reads or skips it. Damage is reported. Pointers into the window
 * die. SMIN_OK, SMIN_DONE, or what was reported.
 */
static int32_t get_block(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    int32_t status = smini_window_need(window, BLOCK_MIN);
    if (status == SMIN_E_TRUNCATED && smini_window_left(window) == 0)
        return smini_capture_finish(capture, SMIN_DONE);
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status, "file_truncated");
    bool section = block_u32(capture, 0) == SMINI_BLOCK_SECTION;
    if (section && !set_byte_order(capture))
        return smini_pcapng_resume(capture, "section_byte_order_wrong");
    uint32_t type = block_u32(capture, 0);
    uint32_t length = block_u32(capture, 4);
    if (!length_is_possible(capture, length))
        return smini_pcapng_resume(capture, "block_length_absurd");
    if (!is_packet(type) && !section && type != SMINI_BLOCK_INTERFACE)
        return skip_block(capture, length);
    status = smini_window_need(window, length);
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status, "file_truncated");
    if (block_u32(capture, length - 4) != length)
        return smini_pcapng_resume(capture, "block_length_mismatch");
    return is_packet(type) ? SMIN_OK : take_description(capture, type, length);
}

/* Length of the packet block at the position when it is whole and sound; 0 otherwise. */
static inline uint32_t packet_block(const struct smini_capture *capture)
{
    size_t left = smini_window_left(&capture->window);
    if (left < BLOCK_MIN || !is_packet(block_u32(capture, 0)))
        return 0;
    uint32_t length = block_u32(capture, 4);
    if (!length_is_possible(capture, length) || length > left || block_u32(capture, length - 4) != length)
        return 0;
    return length;
}

int32_t smini_pcapng_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count)
{
    struct smini_window *window = &capture->window;
    uint32_t have = 0;
    while (have < SMINI_CAPTURE_BATCH) {
        uint32_t length = packet_block(capture);
        if (length == 0) {
            if (have > 0) /* their bytes would move */
                break;
            int32_t status = get_block(capture);
            if (status != SMIN_OK)
                return status;
            continue;
        }
        const uint8_t *block = smini_window_bytes(window);
        smini_capture_prefetch(block);
        if (smini_pcapng_packet(capture, block_u32(capture, 0), block, length, &packets[have]))
            have++;
        window->at += length;
    }
    *count = have;
    return SMIN_OK;
}

/* --- after damage -------------------------------------------------------------------------------------------- */

/* Two blocks in a row whose lengths agree in front and behind; the types are those that writers use. */
enum { CHAIN = 2, TYPE_MAX = 12 };
/* Longer blocks are not believed here, so that a search needs little memory. */
enum { CHAIN_BYTES_MAX = 1024 * 1024 };

static bool chain_holds(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    size_t at = 0;
    for (uint32_t i = 0; i < CHAIN; i++) {
        if (smini_window_need(window, at + BLOCK_MIN) != SMIN_OK)
            return i > 0 && smini_window_left(window) == at; /* the file ends with a whole block */
        uint32_t type = block_u32(capture, (uint32_t)at);
        if (type == SMINI_BLOCK_SECTION && i > 0) /* its byte order is its own; what came before it was sound */
            return true;
        if (type == SMINI_BLOCK_SECTION ? !set_byte_order(capture) : type == 0 || type > TYPE_MAX)
            return false;
        uint32_t length = block_u32(capture, (uint32_t)at + 4);
        if (!length_is_possible(capture, length) || at + length > CHAIN_BYTES_MAX ||
            smini_window_need(window, at + length) != SMIN_OK ||
            block_u32(capture, (uint32_t)at + length - 4) != length)
            return false;
        at += length;
    }
    return true;
}

/* A section header that turns out to be none must not leave its byte order behind. */
static bool chain_begins(struct smini_capture *capture)
{
    bool big_endian = capture->big_endian;
    bool holds = chain_holds(capture);
    if (!holds)
        capture->big_endian = big_endian;
    return holds;
}

int32_t smini_pcapng_resume(struct smini_capture *capture, const char *event)
{
    struct smini_window *window = &capture->window;
    uint64_t damaged = smini_window_offset(window);
    do {
        window->at++;
        int32_t status = smini_window_need(window, BLOCK_MIN);
        if (status != SMIN_OK)
            return smini_capture_lost(capture, status, event, damaged);
    } while (!chain_begins(capture));
    (void)smini_capture_report(capture, SMIN_E_MALFORMED, event, damaged, true,
                               "what lies between it and the next blocks that make sense was passed over");
    return SMIN_OK;
}
