/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/register.h"

#include <stdio.h>

#include "suricata8/adapter.h"
#include "suricata8/event.h"
#include "suricata8/flow.h"
#include "suricata8/frame.h"
#include "suricata8/keyword.h"
#include "suricata8/log.h"
#include "suricata8/probe.h"

/* A transaction is complete from the first, and says nothing about the other direction; but one that is kept open is not. */
enum { PROGRESS_OPEN = 0, PROGRESS_COMPLETE = 1 };

static uint64_t tx_count(void *state)
{
    return ((struct smini_suricata_flow *)state)->store.next;
}

static void *tx_get(void *state, uint64_t id)
{
    return smini_suricata_store_get(&((struct smini_suricata_flow *)state)->store, id);
}

static void tx_free(void *state, uint64_t id)
{
    smini_suricata_store_free_one(&((struct smini_suricata_flow *)state)->store, id);
}

static int tx_progress(void *transaction, uint8_t direction)
{
    (void)direction;
    return ((struct smini_suricata_transaction *)transaction)->open ? PROGRESS_OPEN : PROGRESS_COMPLETE;
}

static struct smini_engine_tx_data *tx_data(void *transaction)
{
    return &((struct smini_suricata_transaction *)transaction)->data;
}

static struct smini_engine_state_data *state_data(void *state)
{
    return &((struct smini_suricata_flow *)state)->data;
}

static struct smini_engine_tx_found tx_iterate(uint8_t ip_protocol, uint16_t protocol, void *state, uint64_t min_id,
                                               uint64_t max_id, uint64_t *iterator)
{
    (void)ip_protocol, (void)protocol, (void)max_id, (void)iterator;
    struct smini_suricata_flow *flow = state;
    smini_suricata_flow_end_due(flow);
    struct smini_suricata_transaction *transaction = smini_suricata_store_from(&flow->store, min_id);
    if (!transaction)
        return (struct smini_engine_tx_found){0};
    return (struct smini_engine_tx_found){
        .transaction = transaction,
        .id = transaction->id,
        .has_next = transaction->id + 1 < flow->store.next,
    };
}

static struct smini_engine_parser parser_of(const struct smin_inspector *inspector)
{
    return (struct smini_engine_parser){
        .name = inspector->name,
        .default_ports = smini_suricata_adapter.ports,
        .ip_protocol = SMINI_ENGINE_IP_TCP,
        .probe_to_server = smini_suricata_probe,
        .probe_to_client = smini_suricata_probe,
        .min_depth = 0,
        .max_depth = smini_suricata_probe_bytes(),
        .state_new = smini_suricata_flow_new,
        .state_free = smini_suricata_flow_free,
        .parse_to_server = smini_suricata_flow_to_server,
        .parse_to_client = smini_suricata_flow_to_client,
        .tx_count = tx_count,
        .tx_get = tx_get,
        .tx_free = tx_free,
        .complete_to_server = PROGRESS_COMPLETE,
        .complete_to_client = PROGRESS_COMPLETE,
        .tx_progress = tx_progress,
        .event_by_name = smini_suricata_event_by_name,
        .event_by_id = smini_suricata_event_by_id,
        .tx_iterate = tx_iterate,
        .state_data = state_data,
        .tx_data = tx_data,
        .flags = SMINI_ENGINE_ACCEPTS_GAPS,
        .frame_by_name = smini_suricata_frame_by_name,
        .frame_by_id = smini_suricata_frame_by_id,
    };
}

static void write_ports(const struct smin_inspector *inspector, char *text, size_t size)
{
    size_t length = 0;
    for (uint32_t i = 0; i < inspector->tcp_port_count && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%u", i == 0 ? "[" : ",", inspector->tcp_ports[i]);
    if (length < size)
        snprintf(text + length, size - length, "]");
}

void smini_suricata_register_parser(void)
{
    struct smini_suricata_adapter *adapter = &smini_suricata_adapter;
    const struct smin_inspector *inspector = adapter->session.inspector;
    if (!SCAppLayerProtoDetectConfProtoDetectionEnabled("tcp", inspector->name)) {
        smini_suricata_log(SMINI_ENGINE_LOG_NOTICE, "%s is disabled: app-layer.protocols.%s.enabled", inspector->name,
                           inspector->name);
        return;
    }
    write_ports(inspector, adapter->ports, sizeof(adapter->ports));
    struct smini_engine_parser parser = parser_of(inspector);
    if (inspector->tcp_port_count == 0) { /* the engine wants ports and a probe, or neither */
        parser.default_ports = NULL;
        parser.probe_to_server = parser.probe_to_client = NULL;
    }
    adapter->protocol = AppLayerRegisterProtocolDetection(&parser, 1);
    smini_suricata_register_patterns(adapter->protocol);
    if (!SCAppLayerParserConfParserEnabled("tcp", inspector->name)) {
        smini_suricata_log(SMINI_ENGINE_LOG_NOTICE, "%s is found, but not parsed: app-layer.protocols.%s.enabled",
                           inspector->name, inspector->name);
        return;
    }
    AppLayerRegisterParser(&parser, adapter->protocol);
    SCAppLayerParserRegisterLogger(SMINI_ENGINE_IP_TCP, adapter->protocol);
    SCAppLayerParserSetStreamDepth(SMINI_ENGINE_IP_TCP, adapter->protocol, adapter->settings.stream_depth);
}

/* Without a parser there are no transactions: rules that ask for what they say would load, and wait for ever. */
void smini_suricata_register_keywords(void)
{
    const struct smini_suricata_adapter *adapter = &smini_suricata_adapter;
    const struct smin_inspector *inspector = adapter->session.inspector;
    bool parsed = SCAppLayerParserConfParserEnabled("tcp", inspector->name);
    smini_suricata_keywords_register(inspector, parsed ? adapter->protocol : SMINI_ENGINE_PROTOCOL_UNKNOWN);
}
