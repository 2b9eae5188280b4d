/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_report.h"

#include <stdlib.h>

#include "replay/flow_view.h"

/* About 28 MiB of flows on watched ports; a scan of a /16 fits. */
enum { WAITING_MAX = 1 << 17 };

static size_t tunnels_size(const struct smini_flow_view *view)
{
    return view->tunnel_count * sizeof(struct smini_tunnel);
}

/* The path of a flow may be gone before the flow is told: its tunnels are copied. */
static bool keep_tunnels(struct smini_run *run, struct smini_flow_view *view)
{
    if (view->tunnel_count == 0) {
        view->tunnels = NULL;
        return true;
    }
    struct smini_tunnel *copy = smini_alloc_get(run->alloc, tunnels_size(view));
    if (!copy)
        return false;
    memcpy(copy, view->tunnels, tunnels_size(view));
    view->tunnels = copy;
    return true;
}

static bool make_room(struct smini_run *run, struct smini_flow_reports *reports)
{
    if (reports->count < reports->room)
        return true;
    uint32_t room = reports->room ? reports->room * 2 : 64;
    if (room > WAITING_MAX) {
        smini_pump_limit(run, SMINI_TOLD_REPORTS, NULL, "flow_order_limit",
                         "more ended flows than are kept back: those that waited are told now");
        smini_flow_report_all(run);
        return reports->room != 0;
    }
    struct smini_flow_view *bigger = smini_alloc_grow(run->alloc, reports->views,
                                                      reports->room * sizeof(*bigger), room * sizeof(*bigger));
    if (!bigger)
        return false;
    reports->views = bigger;
    reports->room = room;
    return true;
}

void smini_flow_report(struct smini_run *run, struct smini_flow *flow, const char *reason)
{
    struct smini_flow_view view;
    if (!run->sink.on_flow)
        return;
    smini_flow_view_make(run, flow, &view);
    view.reason = reason;
    const struct smini_tunnel *lent = view.tunnels;
    if (make_room(run, &run->reports) && keep_tunnels(run, &view)) {
        run->reports.views[run->reports.count++] = view;
        return;
    }
    view.tunnels = lent;
    smini_pump_nomem(run, NULL, "a flow is told out of order");
    run->sink.on_flow(run->sink.user, &view);
}

static int by_first_packet(const void *left, const void *right)
{
    const struct smini_flow_view *a = left, *b = right;
    if (a->first_packet != b->first_packet)
        return a->first_packet < b->first_packet ? -1 : 1;
    return a->flow_id < b->flow_id ? -1 : a->flow_id > b->flow_id;
}

void smini_flow_report_all(struct smini_run *run)
{
    struct smini_flow_reports *reports = &run->reports;
    if (reports->count > 1)
        qsort(reports->views, reports->count, sizeof(*reports->views), by_first_packet);
    for (uint32_t i = 0; i < reports->count; i++) {
        struct smini_flow_view *view = &reports->views[i];
        run->sink.on_flow(run->sink.user, view);
        if (view->tunnels) {
            union {
                const struct smini_tunnel *lent;
                struct smini_tunnel *own;
            } tunnels = {.lent = view->tunnels};
            smini_alloc_free(run->alloc, tunnels.own, tunnels_size(view));
        }
    }
    reports->count = 0;
}
