/* SPDX-License-Identifier: BSD-2-Clause */
/* A host that writes down what an inspector delivers, as text, so that two runs can be compared. */
#ifndef ABI_LOG_H
#define ABI_LOG_H

#include "base/alloc.h"
#include "smin/abi_ext.h"

struct abi_log {
    struct smin_host host;
    struct smini_alloc alloc;
    char text[65536];
    size_t length;
    char announced[1024]; /* a line for each transfer to be expected */
    size_t announced_length;
    struct smin_instance *instance;
    struct smin_thread *thread;
    struct smin_flow *flow;
    void (*inside)(struct abi_log *log); /* called within on_output when set */
    int32_t inside_status;
};

/* `rules` may be NULL. Asserts that everything could be made. */
void abi_log_begin(struct abi_log *log, const char *rules, const struct smin_setting *settings, uint32_t setting_count);

/* A flow from 198.51.100.7:40000 to 192.0.2.10:`server_port`. */
void abi_log_flow(struct abi_log *log, uint16_t server_port, uint16_t flags);

struct smin_result abi_log_feed(struct abi_log *log, uint32_t direction, uint64_t offset, const uint8_t *bytes,
                                size_t length);
struct smin_result abi_log_gap(struct abi_log *log, uint32_t direction, uint64_t offset, uint64_t length);
struct smin_result abi_log_end(struct abi_log *log, uint32_t direction, uint64_t offset);

/* Frees everything and asserts that no memory is left. */
void abi_log_finish(struct abi_log *log);

#endif
