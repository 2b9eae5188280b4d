/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.packet/1 of the toy inspector; the headers of older minors lack it. */
#ifndef DUMMY_PACKET_H
#define DUMMY_PACKET_H

#ifdef SMIN_EXT_PACKET
static uint32_t toy_wanted(const struct smin_instance *instance)
{
    return instance ? SMIN_WANTS_PACKETS : 0;
}

/* Looks at packets and never has anything to say about them. */
static int32_t toy_packet(struct smin_thread *thread, struct smin_flow *flow, const struct smin_packet *packet,
                          void *flow_user)
{
    (void)flow;
    (void)flow_user;
    if (!thread || !packet)
        return SMIN_E_MISUSE;
    if (!SMIN_HAS(packet, payload_length))
        return SMIN_E_MISUSE;
    return packet->ip_version == 4 || packet->ip_version == 6 ? SMIN_OK : SMIN_E_MISUSE;
}

static const void *toy_packet_extension(const char *id)
{
    static const struct smin_ext_packet packet = {
        .struct_size = sizeof(packet), .wanted = toy_wanted, .packet = toy_packet};
    return id && strcmp(id, SMIN_EXT_PACKET) == 0 ? &packet : toy_expected_extension(id);
}
#else
static const void *toy_packet_extension(const char *id)
{
    return toy_expected_extension(id);
}
#endif

#endif
