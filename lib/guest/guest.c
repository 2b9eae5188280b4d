/* SPDX-License-Identifier: BSD-2-Clause */
#include "guest/guest.h"

#include <string.h>

int32_t smini_guest_take_host(struct smini_guest *guest, const struct smin_host *host)
{
    if (!host || !SMIN_HAS(host, abi_minor))
        return SMIN_E_MISUSE;
    if (host->abi_major != SMIN_ABI_MAJOR)
        return SMIN_E_VERSION;
    if (!SMIN_HAS(host, on_output) || !host->alloc || !host->release || !host->on_output)
        return SMIN_E_MISUSE;
    memset(guest, 0, sizeof(*guest));
    memcpy(&guest->host, host, host->struct_size < sizeof(guest->host) ? host->struct_size : sizeof(guest->host));
    const struct smin_ext_expect *expect = smini_guest_lent(guest, SMIN_EXT_EXPECT);
    const struct smin_ext_file *file = smini_guest_lent(guest, SMIN_EXT_FILE);
    if (expect && SMIN_HAS(expect, announce) && expect->announce)
        guest->expect = expect;
    if (file && SMIN_HAS(file, end) && file->begin && file->data && file->gap && file->end)
        guest->file = file;
    return SMIN_OK;
}

void smini_guest_take_memory(const struct smini_guest *guest, struct smini_alloc *alloc, size_t limit)
{
    smini_alloc_init_on(alloc, limit, guest->host.alloc, guest->host.release, guest->host.user);
}

const void *smini_guest_lent(const struct smini_guest *guest, const char *id)
{
    return guest->host.extension ? guest->host.extension(guest->host.user, id) : NULL;
}

int32_t smini_guest_take_config(struct smin_config *own, const struct smin_config *config)
{
    memset(own, 0, sizeof(*own));
    if (!config)
        return SMIN_OK;
    if (!SMIN_HAS(config, settings) || config->struct_size > SMINI_STRUCT_BYTES_MOST)
        return SMIN_E_MISUSE;
    memcpy(own, config, config->struct_size < sizeof(*own) ? config->struct_size : sizeof(*own));
    if (!smini_tail_is_zero(config, config->struct_size, sizeof(*own)))
        return SMIN_E_VERSION;
    if ((own->setting_count > 0 && !own->settings) || (own->rule_text_count > 0 && !own->rule_texts) ||
        (own->variable_count > 0 && !own->variables))
        return SMIN_E_MISUSE;
    return SMIN_OK;
}

int32_t smini_guest_refuse_settings(const struct smin_config *config)
{
    struct smin_config own;
    int32_t status = smini_guest_take_config(&own, config);
    return status == SMIN_OK && own.setting_count > 0 ? SMIN_E_NOT_FOUND : status;
}

int32_t smini_guest_take_info(struct smin_flow_info *own, const struct smin_flow_info *info)
{
    if (!info || !SMIN_HAS(info, server_address) || !smini_tail_is_zero(info, info->struct_size, sizeof(*info)))
        return SMIN_E_MISUSE;
    memset(own, 0, sizeof(*own));
    memcpy(own, info, info->struct_size < sizeof(*own) ? info->struct_size : sizeof(*own));
    return SMIN_OK;
}

bool smini_guest_expected_valid(const struct smin_expected *expected)
{
    return expected && SMIN_HAS(expected, context) && (expected->context || expected->context_length == 0);
}

static bool input_valid(const struct smin_input *input)
{
    return input && SMIN_HAS(input, flow_flags) && input->direction <= SMIN_TO_CLIENT &&
           input->offset <= UINT64_MAX - input->length && smini_tail_is_zero(input, input->struct_size, sizeof(*input));
}

bool smini_guest_bytes_valid(const struct smin_input *input)
{
    return input_valid(input) && input->length <= SIZE_MAX && (input->bytes || input->length == 0);
}

bool smini_guest_gap_valid(const struct smin_input *input)
{
    return input_valid(input) && !input->bytes;
}

bool smini_guest_end_valid(const struct smin_input *input)
{
    return input_valid(input) && !input->bytes && input->length == 0;
}

int32_t smini_guest_give_stats(const struct smin_stats *counted, const struct smini_alloc *alloc,
                               struct smin_stats *stats)
{
    if (!stats || !SMIN_HAS(stats, flows))
        return SMIN_E_MISUSE;
    struct smin_stats all = *counted;
    all.struct_size = stats->struct_size < sizeof(all) ? stats->struct_size : (uint32_t)sizeof(all);
    all.memory_used = alloc->used;
    all.memory_peak = alloc->peak;
    all.allocations = alloc->calls;
    all.allocation_failures = alloc->refused;
    memcpy(stats, &all, all.struct_size);
    return SMIN_OK;
}
