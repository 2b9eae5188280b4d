/* SPDX-License-Identifier: BSD-2-Clause */
/* Asking and feeding inspectors. Everything happens at run->moment. */
#ifndef SMINI_FLOW_FEED_H
#define SMINI_FLOW_FEED_H

#include "replay/pump.h"

/* No inspector asks for more before it decides. */
enum { SMINI_PROBE_BYTES = 16 };

/* First bytes of a direction, and where they stand. */
struct smini_first_bytes {
    unsigned direction;
    uint32_t length;
    uint64_t offset;
    const uint8_t *bytes;
};

/*
 * Asks the inspectors in order: the first that does not say no decides, so
 * that the answer does not depend on how the bytes were cut. `only`, when not
 * negative, is the one inspector to ask. SMIN_PROBE_*; `*which` is set for yes.
 */
int32_t smini_flow_probe(struct smini_run *run, const struct smin_flow_info *info,
                         const struct smini_first_bytes *first, int32_t only, uint16_t *which);

/* Who reads a flow: indexes of inspectors, -1 for nobody. */
struct smini_readers {
    int32_t first, second;
};

/*
 * Asks all of them who will read a flow that nobody has: the first two that say yes, when nobody wants to see more
 * before it answers, or when there is no more (`last_word`). SMIN_PROBE_*; readers are set for yes.
 */
int32_t smini_flow_choose(struct smini_run *run, const struct smin_flow_info *info,
                          const struct smini_first_bytes *first, bool last_word, struct smini_readers *readers);

/*
 * The inspector gets the flow, if it has not got it yet, and this direction. `expected` is what the flow fits, or
 * NULL. False: dropped, and reported.
 */
bool smini_flow_claim(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint16_t inspector,
                      const struct smini_expected *expected);

/* The same with a second reader, for a stream. Who reads a flow is settled once. */
bool smini_flow_take(struct smini_run *run, struct smini_flow *flow, unsigned direction, struct smini_readers readers,
                     const struct smini_expected *expected);

/*
 * Both directions go to the inspector that `expected` is for, unless the flow has one already, and to another that
 * wants any stream between these ends. False: dropped, and reported.
 */
bool smini_flow_claim_expected(struct smini_run *run, struct smini_flow *flow, const struct smini_expected *expected);

/* A second inspector reads a claimed flow too. False: it cannot. */
bool smini_flow_join(struct smini_run *run, struct smini_flow *flow, uint16_t inspector,
                     const struct smini_expected *expected);

/* The next bytes of a tracked direction. */
void smini_flow_deliver(struct smini_run *run, struct smini_flow *flow, unsigned direction, const uint8_t *bytes,
                        uint32_t length);

/* The next bytes are missing. Also for a direction that is not decided yet. */
void smini_flow_gap(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint32_t length);

/* Both directions end; the inspector's flow is freed. */
void smini_flow_finish(struct smini_run *run, struct smini_flow *flow);

/* Feeding this direction makes no sense any more. */
void smini_flow_ignore(struct smini_run *run, struct smini_flow *flow, unsigned direction);

/* The handle in which rules on packets remember the flow, made now when there is none. NULL: no memory. */
struct smin_flow *smini_flow_for_packets(struct smini_run *run, struct smini_flow *flow);
/* Gives back the one that is for packets alone. */
void smini_flow_forget_packets(struct smini_run *run, struct smini_flow *flow);

#endif
