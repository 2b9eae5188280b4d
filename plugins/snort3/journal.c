/* SPDX-License-Identifier: BSD-2-Clause */
#include "snort3/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "record/message_plan.h"

/* For the owner alone: messages may name secrets. */
enum { JOURNAL_MODE = 0600, JOURNAL_BUFFER_BYTES = 1 << 16 };

struct smini_journal {
    struct smini_alloc alloc;
    struct smini_plan plan;
    struct smini_json json;
    int file;
};

static int write_all(void *user, const uint8_t *bytes, size_t length)
{
    const struct smini_journal *journal = user;
    while (length > 0) {
        ssize_t done = write(journal->file, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        bytes += done;
        length -= (size_t)done;
    }
    return 0;
}

int32_t smini_journal_open(struct smini_journal **journal, const char *path, const struct smin_inspector *inspector)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    *journal = NULL;
    struct smini_journal *made = smini_alloc_get(&alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    struct smini_json_output output = {.write = write_all, .user = made};
    made->file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, JOURNAL_MODE);
    int32_t status = made->file < 0 ? SMIN_E_IO : smini_plan_init(&made->plan, &made->alloc, inspector);
    if (status == SMIN_OK)
        status = smini_json_init(&made->json, &made->alloc, JOURNAL_BUFFER_BYTES, &output);
    *journal = made;
    if (status != SMIN_OK)
        smini_journal_close(journal);
    return status;
}

void smini_journal_close(struct smini_journal **journal)
{
    struct smini_journal *old = *journal;
    *journal = NULL;
    if (!old)
        return;
    if (old->json.bytes) {
        smini_json_flush(&old->json);
        smini_json_free(&old->json);
    }
    smini_plan_free(&old->plan, &old->alloc);
    if (old->file >= 0)
        (void)close(old->file);
    struct smini_alloc alloc = old->alloc;
    smini_alloc_free(&alloc, old, sizeof(*old));
}

static void put_end(struct smini_json *json, const char *address_key, const char *port_key,
                    const struct smin_flow_info *info, bool client)
{
    smini_json_key(json, address_key);
    smini_json_address(json, info->ip_version, client ? info->client_address : info->server_address);
    smini_json_key_number(json, port_key, client ? info->client_port : info->server_port);
}

void smini_journal_write(struct smini_journal *journal, const struct smin_flow_info *info,
                         const struct smin_output *output)
{
    struct smini_json *json = &journal->json;
    if (output->message->kind != SMIN_KIND_MESSAGE && output->message->kind != SMIN_KIND_TRAILER)
        return;
    const char *name = journal->plan.inspector->name;
    bool from_client = output->message->direction == SMIN_TO_SERVER;
    smini_json_begin(json, '{');
    smini_json_key(json, "timestamp");
    smini_json_time(json, output->time_ns);
    smini_json_key_string(json, "event_type", name);
    put_end(json, "src_ip", "src_port", info, from_client);
    put_end(json, "dest_ip", "dest_port", info, !from_client);
    smini_json_key_literal(json, "proto", "TCP");
    smini_json_key_number(json, "tx_id", output->message->number);
    smini_json_key(json, name);
    smini_plan_write_object(&journal->plan, json, output->message);
    smini_json_end(json, '}');
    smini_json_line(json);
    smini_json_flush(json);
}
