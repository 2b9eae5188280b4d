/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text of the network of any bytes, in every place of the page where such text may stand: the page stays well-formed,
 * reaches nowhere and is the same a second time. The first byte says what kind of text a device got.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/unit/report/page_build.h"
#include "tests/unit/report/wellformed.h"

const char *const fuzz_seed_folder = NULL;

struct written {
    char *bytes;
    size_t length, room;
};

static int take(void *user, const uint8_t *bytes, size_t length)
{
    struct written *out = user;
    if (out->length + length > out->room) {
        out->room = (out->length + length) * 2;
        out->bytes = realloc(out->bytes, out->room);
        FUZZ_CHECK(out->bytes);
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    return 0;
}

static struct written write_once(const struct smini_page *page)
{
    struct written out = {0};
    struct smini_page_sink sink = {.write = take, .user = &out};
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    FUZZ_CHECK(smini_page_write(page, &alloc, &sink) == SMIN_OK);
    FUZZ_CHECK(alloc.used == 0);
    return out;
}

static const struct smini_page *build(struct page_builder *builder, struct smini_span text, uint8_t choice)
{
    static const char *const types[] = {"ios-config", "ios-commands", "image-list", "text"};
    page_build_reset(builder);
    page_add_input(builder, "x.pcap");
    struct smini_device *device = page_add_device(builder, "192.0.2.10", SMINI_STATE_ENABLED, "sent ");
    device->evidence.items[0] = text;
    for (int out = 0; out < 2; out++) {
        struct smini_incident *incident =
            page_add_incident(builder, "198.51.100.7", "192.0.2.10",
                              out ? SMINI_VERDICT_CONFIG_EXFILTRATION : SMINI_VERDICT_CONFIG_REPLACEMENT, SMINI_OUTCOME_SUCCEEDED);
        page_add_message(builder, incident, "backup_request", false);
        page_add_asked(incident, text);
        page_add_reason(incident, text);
        page_add_file(builder, incident, smini_span_part(text, 0, text.length / 2), types[choice % 4], !out, SMINI_TRANSFER_CLOSED,
                      smini_span_part(text, out ? text.length / 3 : 0, text.length));
    }
    struct smini_incident *last = page_add_incident(builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_PROBE, SMINI_OUTCOME_FAILED);
    page_add_file(builder, last, text, types[choice / 4 % 4], choice & 16, SMINI_TRANSFER_TRUNCATED, text);
    last->file_count = 0;
    return page_build_finish(builder);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    struct page_builder builder;
    const struct smini_page *page = build(&builder, smini_span_make(bytes + 1, length - 1), bytes[0]);
    struct written one = write_once(page), two = write_once(page);
    const char *fault = page_fault(one.bytes, one.length);
    if (fault)
        fprintf(stderr, "%s\n", fault);
    FUZZ_CHECK(!fault);
    FUZZ_CHECK(one.length == two.length && memcmp(one.bytes, two.bytes, one.length) == 0);
    free(one.bytes);
    free(two.bytes);
    page_build_reset(NULL);
    return 0;
}
