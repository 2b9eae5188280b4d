/* SPDX-License-Identifier: BSD-2-Clause */
#include "perturb.h"

#include <stdio.h>
#include <stdlib.h>

#include "wrap.h"

static void fixed_split1(struct smini_perturb *perturb, struct smini_frames *frames)
{
    perturb->argument = "1";
    smini_perturb_split(perturb, frames);
}

static void fixed_split7(struct smini_perturb *perturb, struct smini_frames *frames)
{
    perturb->argument = "7";
    smini_perturb_split(perturb, frames);
}

/* Tags and tunnels; the argument is how often, for nesting. */
static void around(struct smini_perturb *perturb, struct smini_frames *frames)
{
    uint32_t times = smini_perturb_number(perturb, 1);
    for (size_t i = 0; i < frames->count; i++)
        for (uint32_t n = 0; n < times; n++)
            smini_wrap_frame(perturb->packets, perturb->store, perturb->name, &frames->items[i], (uint32_t)i + 1);
}

static void file_link(struct smini_perturb *perturb, struct smini_frames *frames)
{
    bool known;
    (void)frames;
    perturb->format->link = smini_capture_format_link(perturb->name, &known);
}

static void file_big_endian(struct smini_perturb *perturb, struct smini_frames *frames)
{
    (void)frames;
    perturb->format->big_endian = true;
}

static void file_nanoseconds(struct smini_perturb *perturb, struct smini_frames *frames)
{
    (void)frames;
    perturb->format->nanoseconds = true;
}

static void file_pcapng(struct smini_perturb *perturb, struct smini_frames *frames)
{
    (void)frames;
    perturb->format->pcapng = true;
}

static const struct {
    const char *name;
    enum smini_perturb_stage stage;
    smini_perturb_fn *apply;
    const char *meaning;
} rows[] = {
    {"split1", SMINI_PERTURB_SEGMENTS, fixed_split1, "segments of one byte"},
    {"split7", SMINI_PERTURB_SEGMENTS, fixed_split7, "segments of seven bytes"},
    {"split", SMINI_PERTURB_SEGMENTS, smini_perturb_split, "segments of ARG bytes"},
    {"split-random", SMINI_PERTURB_SEGMENTS, smini_perturb_split_random, "segments of 1 to ARG bytes"},
    {"split-at", SMINI_PERTURB_SEGMENTS, smini_perturb_split_at, "a cut at byte ARG of each stream"},
    {"reorder", SMINI_PERTURB_SEGMENTS, smini_perturb_reorder, "neighbouring data segments shuffled"},
    {"duplicate", SMINI_PERTURB_SEGMENTS, smini_perturb_duplicate, "every TCP packet twice"},
    {"overlap-same", SMINI_PERTURB_SEGMENTS, smini_perturb_overlap_same, "segments that overlap with equal bytes"},
    {"overlap-differ-first", SMINI_PERTURB_SEGMENTS, smini_perturb_overlap_first,
     "overlap with other bytes, the true ones come first"},
    {"overlap-differ-last", SMINI_PERTURB_SEGMENTS, smini_perturb_overlap_last,
     "overlap with other bytes, the true ones come last"},
    {"lose", SMINI_PERTURB_SEGMENTS, smini_perturb_lose, "data segment ARG to the server is missing (by seed)"},
    {"midstream", SMINI_PERTURB_SEGMENTS, smini_perturb_midstream, "no handshake in the capture"},
    {"one-sided", SMINI_PERTURB_SEGMENTS, smini_perturb_one_sided, "only what the client (ARG server: server) sends"},
    {"other-port", SMINI_PERTURB_SEGMENTS, smini_perturb_other_port, "TCP port ARG (14786) instead of 4786"},
    {"wrap", SMINI_PERTURB_SEGMENTS, smini_perturb_wrap_around, "sequence numbers pass 2^32 ARG (10) bytes in"},
    {"ipv6", SMINI_PERTURB_SEGMENTS, smini_perturb_ipv6, "the same over IPv6, 2001:db8:: before each address"},
    {"fragment", SMINI_PERTURB_PACKETS, smini_perturb_fragment, "IP fragments of ARG (64) bytes"},
    {"fragment-overlap", SMINI_PERTURB_PACKETS, smini_perturb_fragment_overlap,
     "fragments that overlap: ARG same, first (true bytes first) or last"},
    {"vlan", SMINI_PERTURB_PACKETS, around, "an 802.1Q tag, ARG times"},
    {"qinq", SMINI_PERTURB_PACKETS, around, "802.1ad and 802.1Q tags, ARG times"},
    {"mpls", SMINI_PERTURB_PACKETS, around, "an MPLS label"},
    {"pppoe", SMINI_PERTURB_PACKETS, around, "a PPPoE session"},
    {"gre", SMINI_PERTURB_PACKETS, around, "a GRE tunnel, ARG times"},
    {"erspan2", SMINI_PERTURB_PACKETS, around, "an ERSPAN II mirror, ARG times"},
    {"vxlan", SMINI_PERTURB_PACKETS, around, "a VXLAN tunnel, ARG times"},
    {"geneve", SMINI_PERTURB_PACKETS, around, "a GENEVE tunnel, ARG times"},
    {"gtpu", SMINI_PERTURB_PACKETS, around, "a GTP-U tunnel, ARG times"},
    {"ipip", SMINI_PERTURB_PACKETS, around, "IP in IP, ARG times"},
    {"raw", SMINI_PERTURB_FILE, file_link, "link type raw IP"},
    {"null", SMINI_PERTURB_FILE, file_link, "link type BSD null"},
    {"ppp", SMINI_PERTURB_FILE, file_link, "link type PPP"},
    {"sll", SMINI_PERTURB_FILE, file_link, "link type Linux cooked, version 1"},
    {"sll2", SMINI_PERTURB_FILE, file_link, "link type Linux cooked, version 2"},
    {"big-endian", SMINI_PERTURB_FILE, file_big_endian, "the other byte order of the file"},
    {"nanoseconds", SMINI_PERTURB_FILE, file_nanoseconds, "times in nanoseconds"},
    {"pcapng", SMINI_PERTURB_FILE, file_pcapng, "pcapng instead of pcap"},
};

void smini_perturb_apply(struct smini_perturb *perturb, const char *text, enum smini_perturb_stage stage,
                         struct smini_frames *frames)
{
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : strlen(text);
    size_t row = 0, count = sizeof(rows) / sizeof(rows[0]);
    while (row < count && !(strlen(rows[row].name) == length && memcmp(rows[row].name, text, length) == 0))
        row++;
    if (row == count)
        smini_store_stop(SMINI_EXIT_USAGE, "no perturbation '%s' (--list names them)", text);
    if (rows[row].stage != stage)
        return;
    perturb->argument = colon ? colon + 1 : NULL;
    perturb->name = rows[row].name;
    struct smini_frames before = *frames;
    rows[row].apply(perturb, frames);
    smini_frames_retime(frames, &before);
}

uint32_t smini_perturb_number(const struct smini_perturb *perturb, uint32_t otherwise)
{
    if (!perturb->argument)
        return otherwise;
    char *end = NULL;
    unsigned long number = strtoul(perturb->argument, &end, 10);
    if (perturb->argument[0] < '0' || perturb->argument[0] > '9' || *end || number == 0 || number > UINT32_MAX)
        smini_store_stop(SMINI_EXIT_USAGE, "%s:%s is not a number above 0", perturb->name, perturb->argument);
    return (uint32_t)number;
}

void smini_perturb_list(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        printf("%-22s %s\n", rows[i].name, rows[i].meaning);
}
