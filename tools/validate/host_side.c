/* SPDX-License-Identifier: BSD-2-Clause */
#include "host_side.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host_lent.h"
#include "output_check.h"

/* Before each block: its size, so that giving back another size is noticed. Keeps the alignment of malloc. */
union block_head {
    size_t size;
    max_align_t alignment;
};

void host_side_fault(struct host_side *host, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)pthread_mutex_lock(&host->fault_lock);
    if (host->fault[0] == '\0')
        (void)vsnprintf(host->fault, sizeof(host->fault), format, arguments);
    (void)pthread_mutex_unlock(&host->fault_lock);
    va_end(arguments);
}

static void *side_alloc(void *user, size_t size)
{
    struct host_side *host = user;
    unsigned long long number = atomic_fetch_add(&host->requests, 1) + 1;
    if (size == 0 || size > SIZE_MAX - sizeof(union block_head)) {
        host_side_fault(host, "alloc was asked for %zu bytes", size);
        return NULL;
    }
    if (host->fail_from != 0 && number >= host->fail_from && number <= host->fail_until) {
        atomic_fetch_add(&host->refused, 1);
        return NULL;
    }
    union block_head *block = malloc(sizeof(*block) + size);
    if (!block)
        return NULL;
    block->size = size;
    /* Memory is not promised to be zero. */
    memset(block + 1, 0xa5, size);
    atomic_fetch_add(&host->bytes_out, (long long)size);
    atomic_fetch_add(&host->blocks_out, 1);
    return block + 1;
}

static void side_release(void *user, void *memory, size_t size)
{
    struct host_side *host = user;
    if (!memory) {
        host_side_fault(host, "release was called with NULL");
        return;
    }
    union block_head *block = (union block_head *)memory - 1;
    if (block->size != size)
        host_side_fault(host, "release gave back %zu bytes of a block of %zu", size, block->size);
    atomic_fetch_sub(&host->bytes_out, (long long)block->size);
    atomic_fetch_sub(&host->blocks_out, 1);
    memset(block, 0xdd, sizeof(*block) + (block->size == size ? size : 0));
    free(block);
}

static void side_trace(void *user, int32_t level, const char *text)
{
    struct host_side *host = user;
    if (level < SMIN_TRACE_ERROR || level > SMIN_TRACE_DEBUG)
        host_side_fault(host, "trace was called with level %d", (int)level);
    if (!text)
        host_side_fault(host, "trace was called without a text");
}

/* A host is told MISUSE when it calls back into the same flow, and nothing else happens. */
static void try_reentry(struct flow_side *flow)
{
    struct smin_input input = flow->input;
    uint64_t outputs = flow->outputs;
    struct smin_result result = flow->host->inspector->feed(flow->thread, flow->flow, &input);
    if (result.status != SMIN_E_MISUSE)
        host_side_fault(flow->host, "feed from inside on_output gave status %d, not SMIN_E_MISUSE", (int)result.status);
    if (flow->outputs != outputs)
        host_side_fault(flow->host, "feed from inside on_output called on_output again");
}

static void side_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct host_side *host = user;
    struct flow_side *flow = flow_user;
    if (!flow) {
        host_side_fault(host, "on_output came without the flow_user that was given");
        return;
    }
    if (!flow->in_call || flow->quiet)
        host_side_fault(host, "on_output came %s",
                        flow->in_call ? "where nothing may be delivered" : "outside of any call for this flow");
    if (!pthread_equal(flow->owner, pthread_self()))
        host_side_fault(host, "on_output came on another thread");
    flow->outputs++;
    flow->in_output = true;
    output_check(flow, output);
    if (flow->reenter && flow->flow) {
        flow->reenter = false;
        try_reentry(flow);
    }
    flow->in_output = false;
}

static const void *side_extension(void *user, const char *id)
{
    if (!id)
        host_side_fault(user, "the host's extension was called with NULL");
    return id ? host_lent(id) : NULL;
}

void host_side_open(struct host_side *host, const struct smin_inspector *inspector)
{
    memset(host, 0, sizeof(*host));
    (void)pthread_mutex_init(&host->fault_lock, NULL);
    host->inspector = inspector;
    host->table = (struct smin_host){
        .struct_size = sizeof(host->table),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = "smin-validate",
        .user = host,
        .alloc = side_alloc,
        .release = side_release,
        .trace = side_trace,
        .on_output = side_output,
        .extension = side_extension,
    };
}

void host_side_fail(struct host_side *host, unsigned long long from, unsigned long long until)
{
    host->fail_from = from;
    host->fail_until = until;
}

bool host_side_balanced(struct host_side *host)
{
    long long blocks = atomic_load(&host->blocks_out);
    if (blocks == 0)
        return true;
    host_side_fault(host, "%lld bytes in %lld blocks never came back", (long long)atomic_load(&host->bytes_out), blocks);
    return false;
}

void flow_side_open(struct flow_side *flow, struct host_side *host)
{
    memset(flow, 0, sizeof(*flow));
    flow->host = host;
    flow->owner = pthread_self();
    flow->digest = 14695981039346656037u;
}
