/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads of the engine come and go; their scratch stays few. */
#include <criterion/criterion.h>
#include <pthread.h>

#include "fake_engine.h"

enum { THREADS = 200 };

static void start(void)
{
    fake_engine_reset();
    fake_engine_start();
}

TestSuite(slots, .init = start);

static void *take(void *user)
{
    (void)user;
    return smini_suricata_slot_mine(&smini_suricata_adapter.slots);
}

static void *in_a_thread(void *(*work)(void *), void *user)
{
    pthread_t thread;
    void *result = NULL;
    cr_assert_eq(pthread_create(&thread, NULL, work, user), 0);
    cr_assert_eq(pthread_join(thread, &result), 0);
    return result;
}

Test(slots, a_thread_keeps_its_slot)
{
    struct smini_suricata_slot *mine = take(NULL);
    cr_assert_not_null(mine);
    cr_expect_eq(take(NULL), mine);
    cr_expect_neq(in_a_thread(take, NULL), mine, "another thread has another one");
}

Test(slots, threads_that_ended_leave_theirs_to_others)
{
    void *first = in_a_thread(take, NULL);
    for (int i = 0; i < THREADS; i++)
        cr_expect_eq(in_a_thread(take, NULL), first);
    cr_expect_eq(smini_suricata_adapter.slots.count, 1);
}

static void *make_flow(void *user)
{
    struct smini_engine_flow *flow = user;
    void *state = fake_engine.parser.state_new(NULL, 0);
    fake_parse(flow, state, SMINI_ENGINE_TO_SERVER, "\0\0\0\1\0\0\0\1\0\0", 10, 0);
    return state;
}

Test(slots, a_flow_is_freed_by_another_thread_while_its_own_works)
{
    struct smini_engine_flow flow = fake_flow(4786);
    for (int i = 0; i < THREADS; i++)
        fake_engine.parser.state_free(in_a_thread(make_flow, &flow));
    void *mine = make_flow(&flow);
    fake_engine.parser.state_free(mine);
    cr_expect_leq(smini_suricata_adapter.slots.count, 2);
}

static void *work(void *user)
{
    struct smini_engine_flow *flow = user;
    for (int i = 0; i < THREADS; i++) {
        void *state = make_flow(flow);
        fake_parse(flow, state, SMINI_ENGINE_TO_SERVER, "\0\4\0\0\0\0", 6, 10);
        fake_engine.parser.tx_free(state, 0);
        fake_engine.parser.state_free(state);
    }
    return NULL;
}

Test(slots, threads_at_once_do_not_disturb_each_other)
{
    pthread_t threads[4];
    struct smini_engine_flow flow = fake_flow(4786);
    fake_engine.frame_count = FAKE_FRAMES; /* no more of them: they are not made for threads */
    for (int i = 0; i < 4; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, work, &flow), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    cr_expect_leq(smini_suricata_adapter.slots.count, 4);
}
