/* SPDX-License-Identifier: BSD-2-Clause */
/* A session: what engine adapters begin with. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/describe.h"
#include "host/session.h"
#include "sample_inspector.h"

static struct smini_session session;
static char reason[SMIN_HOST_REASON_BYTES];
static unsigned outputs;

static void count_output(void *user, void *flow_user, const struct smin_output *output)
{
    (void)user;
    (void)flow_user;
    (void)output;
    outputs++;
}

static const char *dummy_path(void)
{
    static char path[1024];
    const char *build = getenv("SMIN_BUILDDIR");
    (void)snprintf(path, sizeof(path), "%s/tests/abi/.libs/dummy.so", build ? build : ".");
    return path;
}

Test(session, a_built_in_inspector_is_chosen_without_a_path)
{
    struct sample sample;
    sample_make(&sample);
    struct smini_session_options options = {.host_name = "test", .built_in = &sample.inspector, .plugin_path = ""};
    cr_assert_eq(smini_session_choose(&session, &options, reason), SMIN_OK, "%s", reason);
    cr_expect_eq(session.inspector, &sample.inspector);
    cr_expect_str_eq(session.origin, "built in");
    cr_expect_null(session.instance);
    cr_expect_str_eq(smini_describe_field(session.inspector, 1)->name, sample.fields[1].name);
    cr_expect_str_eq(smini_describe_event(session.inspector, 1)->name, sample.events[1].name);
    cr_expect_str_eq(smini_describe_message(session.inspector, 1)->name, sample.messages[1].name);
    smini_session_close(&session);
    cr_expect_null(session.registry);
    smini_session_close(&session);
}

Test(session, an_inspector_that_is_out_of_contract_is_refused_with_a_reason)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.feed = NULL;
    struct smini_session_options options = {.host_name = "test", .built_in = &sample.inspector};
    cr_expect_eq(smini_session_choose(&session, &options, reason), SMIN_E_MISUSE);
    cr_expect_not_null(strstr(reason, "org.example.sample"), "%s", reason);
    cr_expect_null(session.registry);
}

Test(session, a_missing_plugin_is_told_by_its_path)
{
    struct smini_session_options options = {.host_name = "test", .plugin_path = "/nowhere/absent.so"};
    cr_expect_eq(smini_session_choose(&session, &options, reason), SMIN_E_NOT_FOUND);
    cr_expect_not_null(strstr(reason, "/nowhere/absent.so"), "%s", reason);
    cr_expect_null(session.inspector);
}

Test(session, a_loaded_inspector_works_through_its_instance)
{
    static const uint8_t line[] = "HELLO world\n";
    struct smin_config config = {.struct_size = sizeof(config)};
    struct smini_session_options options = {
        .host_name = "test", .plugin_path = dummy_path(), .config = &config, .on_output = count_output};
    cr_assert_eq(smini_session_choose(&session, &options, reason), SMIN_OK, "%s", reason);
    cr_expect_str_eq(session.inspector->name, "toyline");
    cr_expect_str_eq(session.origin, dummy_path());
    cr_assert_not_null(session.message);
    cr_expect_not_null(session.detect);
    cr_expect_null(session.frame);
    cr_expect_null(session.rules);
    cr_assert_eq(smini_session_start(&session, &options, reason), SMIN_OK, "%s", reason);
    struct smin_thread *thread;
    cr_assert_eq(session.inspector->thread_new(session.instance, &thread), SMIN_OK);
    struct smin_input input = {.struct_size = sizeof(input), .bytes = line, .length = sizeof(line) - 1};
    outputs = 0;
    cr_expect_eq(session.message->decode(thread, &input, NULL), SMIN_OK);
    cr_expect_eq(outputs, 1);
    session.inspector->thread_free(thread);
    smini_session_close(&session);
}

Test(session, an_unknown_setting_is_told_with_the_inspector_and_its_origin)
{
    static const struct smin_setting setting = {"no.such.setting", "1"};
    struct smin_config config = {.struct_size = sizeof(config), .setting_count = 1, .settings = &setting};
    struct smini_session_options options = {
        .host_name = "test", .plugin_path = dummy_path(), .config = &config, .on_output = count_output};
    cr_assert_eq(smini_session_choose(&session, &options, reason), SMIN_OK, "%s", reason);
    cr_expect_eq(smini_session_start(&session, &options, reason), SMIN_E_NOT_FOUND);
    cr_expect_not_null(strstr(reason, "org.example.toyline"), "%s", reason);
    cr_expect_not_null(strstr(reason, dummy_path()), "%s", reason);
    cr_expect_null(session.instance);
    smini_session_close(&session);
}

/* An extension of the right name that ends before what this host was built with. */
static const void *short_extension(const char *id)
{
    static const struct smin_ext_frame too_small = {.struct_size = sizeof(uint32_t)};
    return strcmp(id, SMIN_EXT_FRAME) == 0 ? &too_small : NULL;
}

Test(session, an_extension_that_is_too_small_counts_as_absent)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.extension = short_extension;
    struct smini_session_options options = {.host_name = "test", .built_in = &sample.inspector};
    cr_assert_eq(smini_session_choose(&session, &options, reason), SMIN_OK, "%s", reason);
    cr_expect_null(session.frame);
    smini_session_close(&session);
}
