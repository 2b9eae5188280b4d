/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/withheld.h"

enum { PAYLOAD, SEQUENCE, FLAGS, FIELD_COUNT };

static const char *const names[FIELD_COUNT] = {
    [PAYLOAD] = "tcp.payload", [SEQUENCE] = "tcp.seq_raw", [FLAGS] = "tcp.flags"};
static int numbers[FIELD_COUNT];

void smini_ws_withheld_handoff(void)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        numbers[i] = proto_registrar_get_id_byname(names[i]);
}

void smini_ws_withheld_want(GArray *wanted)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (numbers[i] != -1)
            g_array_append_val(wanted, numbers[i]);
}

bool smini_ws_numbers_are_relative(void)
{
    module_t *module = prefs_find_module("tcp");
    pref_t *preference = module ? prefs_find_preference(module, "relative_sequence_numbers") : NULL;
    return !preference || prefs_get_bool_value(preference, pref_current);
}

/* The last one of a packet: tunnels put the outer ones first. */
static field_info *last_of(const proto_tree *tree, int which)
{
    const GPtrArray *found = numbers[which] != -1 ? proto_get_finfo_ptr_array(tree, numbers[which]) : NULL;
    return found && found->len > 0 ? g_ptr_array_index(found, found->len - 1) : NULL;
}

static uint32_t number_of(field_info *info)
{
#if SMINI_WS_SINCE(4, 2)
    return fvalue_get_uinteger(info->value);
#else
    return fvalue_get_uinteger(&info->value);
#endif
}

tvbuff_t *smini_ws_withheld_payload(const proto_tree *tree, const struct tcp_analysis *analysis, struct tcpinfo *tcp)
{
    field_info *payload = tree ? last_of(tree, PAYLOAD) : NULL;
    field_info *sequence = tree ? last_of(tree, SEQUENCE) : NULL;
    field_info *flags = tree ? last_of(tree, FLAGS) : NULL;
    if (!payload || !payload->ds_tvb || payload->length <= 0 || !sequence || !flags)
        return NULL;
    bool relative = analysis && analysis->fwd && smini_ws_numbers_are_relative();
    *tcp = (struct tcpinfo){.flags = (uint16_t)number_of(flags)};
    tcp->seq = number_of(sequence) - (relative ? analysis->fwd->base_seq : 0);
    /* The SYN comes before the bytes. */
    if (tcp->flags & TH_SYN)
        tcp->seq++;
    return tvb_new_subset_length(payload->ds_tvb, payload->start, payload->length);
}

tvbuff_t *smini_ws_withheld_shown(proto_tree *tree)
{
    GPtrArray *found = tree && numbers[PAYLOAD] != -1 ? proto_find_finfo(tree, numbers[PAYLOAD]) : NULL;
    tvbuff_t *payload = NULL;
    if (found && found->len > 0) {
        const field_info *info = g_ptr_array_index(found, found->len - 1);
        if (info->ds_tvb && info->length > 0)
            payload = tvb_new_subset_length(info->ds_tvb, info->start, info->length);
    }
    if (found)
        g_ptr_array_free(found, TRUE);
    return payload;
}
