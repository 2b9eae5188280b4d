/* SPDX-License-Identifier: BSD-2-Clause */
#include "host_lent.h"

#include <string.h>

static void digest(struct flow_side *flow, const void *bytes, uint64_t length)
{
    const uint8_t *at = bytes;
    for (uint64_t i = 0; i < length; i++)
        flow->digest = (flow->digest ^ at[i]) * 1099511628211u;
}

/* Is this the moment for such a call? */
static bool may_call(struct host_side *host, const struct flow_side *flow, const char *name)
{
    if (!flow)
        host_side_fault(host, "%s came without the flow_user that was given", name);
    else if (!flow->in_call || flow->quiet)
        host_side_fault(host, "%s came outside of any call for this flow", name);
    else if (flow->in_output)
        host_side_fault(host, "%s came from inside on_output", name);
    else if (!pthread_equal(flow->owner, pthread_self()))
        host_side_fault(host, "%s came on another thread", name);
    else
        return true;
    return false;
}

static const char *fault_of(const struct smin_expectation *e)
{
    const uint32_t any = SMIN_EXPECT_ANY_CLIENT | SMIN_EXPECT_ANY_SERVER;
    if (!SMIN_HAS(e, context))
        return "is too small";
    if (e->ip_version != 4 && e->ip_version != 6)
        return "is of no IP version";
    if (e->flags & ~(any | SMIN_EXPECT_FOLLOWERS))
        return "has unknown flags";
    if ((e->flags & any) == any)
        return "is for any client and any server";
    if (e->direction > SMIN_EITHER)
        return "has no direction";
    if (e->lifetime_ns == 0)
        return "does not live";
    if (e->context_length > SMIN_EXPECT_CONTEXT_BYTES)
        return "has more context than there is room for";
    if (!e->name && e->name_length > 0)
        return "has a name at NULL";
    if (e->inspector && e->context_length > 0)
        return "carries a context for another inspector";
    if (e->reserved16 != 0)
        return "has a reserved member that is not zero";
    return NULL;
}

static int32_t announce(void *user, void *flow_user, const struct smin_expectation *expectation)
{
    struct host_side *host = user;
    struct flow_side *flow = flow_user;
    if (!may_call(host, flow, "smin.expect/1"))
        return SMIN_E_MISUSE;
    const char *fault = expectation ? fault_of(expectation) : "is NULL";
    if (fault) {
        host_side_fault(host, "an expectation %s", fault);
        return SMIN_E_MISUSE;
    }
    digest(flow, expectation->name, expectation->name_length);
    digest(flow, &expectation->direction, sizeof(expectation->direction));
    digest(flow, &expectation->server_port, sizeof(expectation->server_port));
    flow->expectations++;
    flow->expected = *expectation;
    return expectation->inspector ? SMIN_E_NOT_FOUND : SMIN_OK;
}

static bool is_open(struct host_side *host, const struct smin_file_handle *file, const char *name)
{
    if (!file || !file->open || !file->flow) {
        host_side_fault(host, "%s came for a file that is not open", name);
        return false;
    }
    return may_call(host, file->flow, name);
}

static int32_t file_begin(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **file)
{
    struct host_side *host = user;
    struct flow_side *flow = flow_user;
    if (!may_call(host, flow, "smin.file/1 begin"))
        return SMIN_E_MISUSE;
    if (!about || !SMIN_HAS(about, size) || about->direction > SMIN_TO_CLIENT || !file ||
        (!about->name && about->name_length > 0)) {
        host_side_fault(host, "a file begins without a whole description");
        return SMIN_E_MISUSE;
    }
    const uint32_t known = SMIN_FILE_IF_WANTED | SMIN_FILE_ASKED_BY_SERVER | SMIN_FILE_DECODED |
                           SMIN_FILE_NAME_CUT;
    if (SMIN_HAS(about, reserved) && ((about->flags & ~known) || about->reserved != 0))
        host_side_fault(host, "a file begins with flags that are not known");
    digest(flow, about->name, about->name_length);
    *file = NULL;
    for (int i = 0; i < FLOW_FILES_MOST; i++) {
        if (flow->files[i].open)
            continue;
        flow->files[i] = (struct smin_file_handle){.flow = flow, .open = true};
        *file = &flow->files[i];
        return SMIN_OK;
    }
    return SMIN_E_LIMIT;
}

static void file_data(void *user, struct smin_file_handle *file, const uint8_t *bytes, uint64_t length)
{
    if (!is_open(user, file, "smin.file/1 data"))
        return;
    if (!bytes || length == 0)
        host_side_fault(user, "a file is given no bytes");
    else
        digest(file->flow, bytes, length);
}

static void file_gap(void *user, struct smin_file_handle *file, uint64_t length)
{
    if (is_open(user, file, "smin.file/1 gap") && length == 0)
        host_side_fault(user, "a file is given a gap of nothing");
}

static void file_end(void *user, struct smin_file_handle *file, uint32_t state, uint64_t time_ns, uint64_t packet_number)
{
    if (!is_open(user, file, "smin.file/1 end"))
        return;
    const struct smin_input *input = &file->flow->input;
    if (state < SMIN_FILE_CLOSED || state > SMIN_FILE_SEALED)
        host_side_fault(user, "a file ended as %u, which is not one of SMIN_FILE_*", (unsigned)state);
    if (time_ns != input->time_ns || packet_number != input->packet_number)
        host_side_fault(user, "a file ended at another time or packet than its input has");
    digest(file->flow, &state, sizeof(state));
    file->open = false;
}

/* Every file is wanted here. */
static int32_t file_wanted(void *user, struct smin_file_handle *file, uint32_t state)
{
    if (!is_open(user, file, "smin.file/1 wanted"))
        return SMIN_E_MISUSE;
    if (state > SMIN_FILE_SEALED)
        host_side_fault(user, "a file is about to end as %u, which is not one of SMIN_FILE_*", (unsigned)state);
    return SMIN_OK;
}

const void *host_lent(const char *id)
{
    static const struct smin_ext_expect expect = {.struct_size = sizeof(expect), .announce = announce};
    static const struct smin_ext_file file = {.struct_size = sizeof(file),
                                              .begin = file_begin,
                                              .data = file_data,
                                              .gap = file_gap,
                                              .end = file_end,
                                              .wanted = file_wanted};
    if (strcmp(id, SMIN_EXT_EXPECT) == 0)
        return &expect;
    return strcmp(id, SMIN_EXT_FILE) == 0 ? &file : NULL;
}

void host_lent_forget(struct flow_side *flow)
{
    for (int i = 0; i < FLOW_FILES_MOST; i++)
        flow->files[i].open = false;
}
