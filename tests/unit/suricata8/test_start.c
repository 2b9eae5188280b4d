/* SPDX-License-Identifier: BSD-2-Clause */
/* What the engine is told when it loads the adapter, and what the user is told when something is wrong. */
#include <criterion/criterion.h>

#include "fake_engine.h"
#include "host/describe.h"

static void reset(void)
{
    fake_engine_reset();
}

TestSuite(start, .init = reset);

static bool told(const char *text)
{
    return strstr(fake_engine.log, text) != NULL;
}

Test(start, the_protocol_is_that_of_the_inspector)
{
    fake_engine_start();
    const struct smin_inspector *inspector = smini_suricata_adapter.session.inspector;
    cr_assert_not_null(fake_engine.app_layer);
    cr_expect_str_eq(fake_engine.app_layer->name, inspector->name);
    cr_expect_str_eq(fake_engine.parser.default_ports, "[4786]");
    cr_expect(fake_engine.detected && fake_engine.parsed && fake_engine.logs);
    cr_expect_eq(fake_engine.depth, 0, "no limit by default");
    cr_expect_geq(fake_engine.patterns, 2 * smini_suricata_adapter.session.detect->pattern_count, "both directions");
    cr_expect(told("(built in)"));
    cr_expect_neq(fake_counter("smin.messages"), UINT64_MAX);
}

Test(start, an_engine_of_another_series_gets_nothing)
{
    fake_engine.version = "9.0.0 RELEASE";
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("1: this plugin was made for Suricata 8.0.x, but 9.0.0 RELEASE runs"), "%s", fake_engine.log);
}

Test(start, a_missing_inspector_is_told)
{
    fake_engine.inspector_path = "/nowhere/inspector.so";
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("1: no inspector, nothing is registered: /nowhere/inspector.so"), "%s", fake_engine.log);
}

Test(start, settings_reach_the_inspector)
{
    fake_engine.settings[0] = (struct smini_engine_setting){"no_such_setting", "1"};
    fake_engine.setting_count = 1;
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("cannot be started"), "%s", fake_engine.log);
}

Test(start, a_name_with_dots_may_be_nested)
{
    fake_engine.settings[0] = (struct smini_engine_setting){"limit", NULL};
    fake_engine.nested = (struct smini_engine_setting){"thread_bytes", "0"};
    fake_engine.setting_count = 1;
    fake_engine_start();
    cr_assert_not_null(fake_engine.app_layer, "%s", fake_engine.log);
    cr_expect_str_eq(smini_suricata_adapter.settings.settings[0].name, "limit.thread_bytes");
}

Test(start, a_setting_without_a_value_is_told)
{
    fake_engine.settings[0] = (struct smini_engine_setting){"matcher", NULL};
    fake_engine.setting_count = 1;
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("matcher: expected NAME: VALUE"), "%s", fake_engine.log);
}

Test(start, too_many_settings_are_told)
{
    for (uint32_t i = 0; i < SMINI_SURICATA_SETTINGS_MAX + 1; i++)
        fake_engine.settings[i] = (struct smini_engine_setting){"matcher", "auto"};
    fake_engine.setting_count = SMINI_SURICATA_SETTINGS_MAX + 1;
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("more settings than"), "%s", fake_engine.log);
}

Test(start, the_depth_of_streams_is_the_users)
{
    fake_engine.stream_depth = "4096";
    fake_engine_start();
    cr_expect_eq(fake_engine.depth, 4096);
}

Test(start, a_depth_that_is_no_size_is_told)
{
    fake_engine.stream_depth = "deep";
    fake_engine_start();
    cr_expect_null(fake_engine.app_layer);
    cr_expect(told("stream-depth: \"deep\" is no size"), "%s", fake_engine.log);
}

Test(start, a_disabled_protocol_is_not_registered)
{
    fake_engine.detection = false;
    fake_engine_start();
    cr_expect(!fake_engine.detected && !fake_engine.parsed);
    cr_expect(told("3: smin is disabled"), "%s", fake_engine.log);
}

Test(start, a_protocol_can_be_found_without_being_parsed)
{
    fake_engine.parsing = false;
    fake_engine_start();
    cr_expect(fake_engine.detected && !fake_engine.parsed);
    cr_expect(told("found, but not parsed"), "%s", fake_engine.log);
}

Test(start, every_event_has_a_number_and_its_name_back)
{
    fake_engine_start();
    const struct smin_inspector *inspector = smini_suricata_adapter.session.inspector;
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const char *name = smini_describe_event(inspector, i)->name, *back = NULL;
        uint8_t id = 0;
        int type = 0;
        cr_assert_eq(fake_engine.parser.event_by_name(name, &id, &type), 0);
        cr_expect_eq(type, SMINI_ENGINE_EVENT_OF_TRANSACTION);
        cr_assert_eq(fake_engine.parser.event_by_id(id, &back, &type), 0);
        cr_expect_str_eq(back, name);
    }
    uint8_t id = 0;
    int type = 0;
    const char *name = NULL;
    cr_expect_eq(fake_engine.parser.event_by_name("no_such_event", &id, &type), -1);
    cr_expect_eq(fake_engine.parser.event_by_id(255, &name, &type), -1);
}

Test(start, frames_are_a_message_and_its_opaque_fields)
{
    fake_engine_start();
    cr_expect_eq(fake_engine.parser.frame_by_name("message"), 0);
    int body = fake_engine.parser.frame_by_name("body");
    cr_assert_gt(body, 0);
    cr_expect_str_eq(fake_engine.parser.frame_by_id((uint8_t)body), "body");
    cr_expect_eq(fake_engine.parser.frame_by_name("url"), -1);
    cr_expect_null(fake_engine.parser.frame_by_id(61));
}
