/* SPDX-License-Identifier: BSD-2-Clause */
/* Building blocks of made-up cases. Everything lives until page_build_reset. */
#ifndef SMIN_TESTS_PAGE_BUILD_H
#define SMIN_TESTS_PAGE_BUILD_H

#include "report/page.h"

struct page_builder {
    struct smini_page page;
    uint64_t now_ns;
    uint64_t packet;
};

void page_build_reset(struct page_builder *builder);
struct smini_span page_span(const char *text);

/* Incidents get what is added to them in the order of the calls. */
struct smini_incident *page_add_incident(struct page_builder *builder, const char *actor, const char *device,
                                         enum smini_verdict verdict, enum smini_outcome outcome);
void page_add_message(struct page_builder *builder, struct smini_incident *incident, const char *name, bool from_device);
void page_add_asked(struct smini_incident *incident, struct smini_span text);
void page_add_reason(struct smini_incident *incident, struct smini_span text);
/* `contents` NULL: none kept. Gives the file of the page. */
struct smini_page_file *page_add_file(struct page_builder *builder, struct smini_incident *incident, struct smini_span name,
                                      const char *type, bool to_device, uint8_t state, struct smini_span contents);
struct smini_device *page_add_device(struct page_builder *builder, const char *address, enum smini_device_state state,
                                     const char *evidence);
struct smini_page_input *page_add_input(struct page_builder *builder, const char *name);

struct smini_incident_address page_address(const char *text);

/* Sorts devices and incidents as the incident layer gives them. */
const struct smini_page *page_build_finish(struct page_builder *builder);

#endif
