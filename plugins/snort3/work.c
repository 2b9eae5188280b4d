/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "snort3/builtin.h"
#include "snort3/work_state.h"

const struct smini_work_peg smini_work_pegs[SMINI_WORK_COUNTS] = {
    {"flows", "connections that were read"},
    {"messages", "messages"},
    {"trailers", "bytes behind a message that are none"},
    {"events", "events of messages and streams"},
    {"bytes", "bytes read"},
    {"gaps", "holes in what was captured"},
    {"refused", "directions that are not of this protocol"},
    {"limits", "limits reached: something was left out"},
    {"unjudged", "messages that ended when Snort had dropped their connection: no rule saw them"},
    {"failures", "connections given up because the inspector failed, out of memory most likely"},
};

static struct smini_session_options session_options(const char *plugin_path)
{
    return (struct smini_session_options){.host_name = "snort 3",
                                          .built_in = smini_snort_builtin(),
                                          .plugin_path = plugin_path,
                                          .on_output = smini_work_take};
}

int32_t smini_work_catalogue(const char *plugin_path, struct smini_catalogue *catalogue, char *reason)
{
    struct smini_session session;
    struct smini_session_options options = session_options(plugin_path);
    int32_t status = smini_session_choose(&session, &options, reason);
    if (status != SMIN_OK)
        return status;
    status = smini_catalogue_make(catalogue, session.inspector);
    smini_session_close(&session);
    return status;
}

int32_t smini_work_new(struct smini_work **work, const struct smini_work_options *wanted, char *reason)
{
    struct smini_work *made = calloc(1, sizeof(*made));
    *work = NULL;
    reason[0] = '\0';
    if (!made)
        return SMIN_E_NOMEM;
    made->config = (struct smin_config){.struct_size = sizeof(made->config)};
    struct smini_session_options options = session_options(wanted->plugin_path);
    options.config = wanted->config ? wanted->config : &made->config;
    options.trace = wanted->trace;
    options.user = made;
    int32_t status = smini_session_choose(&made->session, &options, reason);
    if (status == SMIN_OK) {
        status = smini_session_start(&made->session, &options, reason);
        if (status != SMIN_OK)
            smini_session_close(&made->session);
    }
    if (status == SMIN_OK)
        *work = made;
    else
        free(made);
    return status;
}

void smini_work_free(struct smini_work **work)
{
    if (!*work)
        return;
    smini_session_close(&(*work)->session);
    free(*work);
    *work = NULL;
}

const struct smin_inspector *smini_work_inspector(const struct smini_work *work)
{
    return work->session.inspector;
}

const char *smini_work_origin(const struct smini_work *work)
{
    return work->session.origin;
}

const struct smin_ext_frame *smini_work_frame(const struct smini_work *work)
{
    return work->session.frame;
}

int32_t smini_work_thread_new(struct smini_work *work, const char *journal, struct smini_work_thread **thread)
{
    struct smini_work_thread *made = calloc(1, sizeof(*made));
    *thread = NULL;
    if (!made)
        return SMIN_E_NOMEM;
    made->work = work;
    int32_t status = work->session.inspector->thread_new(work->session.instance, &made->thread);
    if (status == SMIN_OK && journal)
        status = smini_journal_open(&made->journal, journal, work->session.inspector);
    *thread = made;
    if (status != SMIN_OK)
        smini_work_thread_free(thread);
    return status;
}

void smini_work_thread_count(struct smini_work_thread *thread, struct smini_work_counts *counts)
{
    thread->counts = counts;
}

void smini_work_thread_free(struct smini_work_thread **thread)
{
    struct smini_work_thread *old = *thread;
    *thread = NULL;
    if (!old)
        return;
    smini_work_done(old);
    smini_journal_close(&old->journal);
    if (old->thread)
        old->work->session.inspector->thread_free(old->thread);
    free(old);
}

static void count(struct smini_work_thread *thread, const struct smin_message *message)
{
    thread->counts->messages += message->kind == SMIN_KIND_MESSAGE;
    thread->counts->trailers += message->kind == SMIN_KIND_TRAILER;
    thread->counts->events += message->event_count;
    thread->counts->unjudged += thread->unheard;
}

void smini_work_take(void *user, void *flow_user, const struct smin_output *output)
{
    struct smini_conversation *conversation = flow_user;
    struct smini_work_thread *thread = conversation->thread;
    (void)user;
    count(thread, output->message);
    if (thread->journal)
        smini_journal_write(thread->journal, &conversation->info, output);
    if (!thread->unheard && smini_copies_add(&thread->ready, output->message) != SMIN_OK)
        thread->counts->limits++;
}

bool smini_work_next(struct smini_work_thread *thread)
{
    const struct smini_copy *next = thread->judged ? thread->judged->next : thread->ready.first;
    thread->judged = next;
    return next != NULL;
}

void smini_work_done(struct smini_work_thread *thread)
{
    thread->judged = NULL;
    smini_work_forget_joined(thread);
    smini_copies_clear(&thread->ready);
}

const struct smin_message *smini_work_message(const struct smini_work_thread *thread)
{
    return thread->judged ? &thread->judged->message : NULL;
}
