/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/expect.h"

#include "replay/flow_view.h"

enum {
    ITEMS_SHIFT = 6,
    PER_END_MAX = 64 /* of one address and port; a message orders three transfers at most */
};

void smini_expect_init(struct smini_expect_table *table, struct smini_alloc *alloc)
{
    memset(table, 0, sizeof(*table));
    smini_slots_init(&table->slots, alloc);
    smini_arena_init(&table->items, alloc, sizeof(struct smini_expected), ITEMS_SHIFT, SMINI_EXPECT_MAX);
}

void smini_expect_clear(struct smini_expect_table *table)
{
    smini_slots_clear(&table->slots);
    smini_arena_clear(&table->items);
    table->oldest = table->newest = 0;
}

static struct smini_expected *item_at(const struct smini_expect_table *table, uint32_t index)
{
    return smini_arena_at(&table->items, index);
}

/* Expectations are found by one end: the one of which most is known. `port` 0: by its address alone. */
static uint32_t hash_end(const struct smini_run *run, uint8_t ip_version, const uint8_t *address, uint16_t port)
{
    uint8_t whole[16] = {0};
    memcpy(whole, address, ip_version == 6 ? 16 : 4);
    uint64_t state = smini_hash_mix(&run->table.secret, port, smini_hash_load(whole));
    state = smini_hash_mix(&run->table.secret, state, smini_hash_load(whole + 8));
    return (uint32_t)(state >> 32) ^ (uint32_t)state;
}

static uint32_t hash_item(const struct smini_run *run, const struct smini_expected *item)
{
    bool client_known = !(item->flags & SMIN_EXPECT_ANY_CLIENT), server_known = !(item->flags & SMIN_EXPECT_ANY_SERVER);
    if (client_known && (item->client_port || !server_known || !item->server_port))
        return hash_end(run, item->ip_version, item->client_address, item->client_port);
    return hash_end(run, item->ip_version, item->server_address, item->server_port);
}

static void drop(struct smini_expect_table *table, uint32_t index)
{
    struct smini_expected *item = item_at(table, index);
    smini_slots_remove(&table->slots, item->hash, index);
    if (item->older)
        item_at(table, item->older)->newer = item->newer;
    else
        table->oldest = item->newer;
    if (item->newer)
        item_at(table, item->newer)->older = item->older;
    else
        table->newest = item->older;
    smini_arena_give(&table->items, index);
}

/* What is over at the old end; the rest is passed over when it is met. */
static void drop_expired(struct smini_run *run)
{
    struct smini_expect_table *table = &run->expected;
    while (table->oldest && item_at(table, table->oldest)->until_ns < run->moment.time_ns)
        drop(table, table->oldest);
}

static bool end_fits(const struct smini_expected *item, uint32_t any, const uint8_t *address, uint16_t port,
                     const uint8_t *wanted, uint16_t wanted_port)
{
    if (wanted_port != 0 && wanted_port != port)
        return false;
    return (item->flags & any) || memcmp(address, wanted, item->ip_version == 6 ? 16 : 4) == 0;
}

static bool fits(const struct smini_expected *item, const struct smini_ends *ends, unsigned client)
{
    return item->ip_version == ends->ip_version && (item->protocol == 0 || item->protocol == ends->protocol) &&
           end_fits(item, SMIN_EXPECT_ANY_CLIENT, ends->address[client], ends->port[client], item->client_address,
                    item->client_port) &&
           end_fits(item, SMIN_EXPECT_ANY_SERVER, ends->address[client ^ 1], ends->port[client ^ 1],
                    item->server_address, item->server_port);
}

/* How well an expectation suits what is looked for; 0: not at all. */
typedef int (*suits_fn)(const struct smini_expected *item, const void *wanted);

struct search {
    suits_fn suits;
    const void *wanted;
    unsigned clients; /* bits: which ends may be the client */
    unsigned client;  /* of what was found */
};

/* The newest of those that suit best. */
static const struct smini_expected *find(struct smini_run *run, const struct smini_ends *ends, struct search *search)
{
    const struct smini_expected *best = NULL;
    int best_grade = 0;
    for (unsigned key = 0; key < 4; key++) {
        unsigned end = key & 1;
        uint32_t hash = hash_end(run, ends->ip_version, ends->address[end], key & 2 ? ends->port[end] : 0);
        struct smini_slot_walk walk = smini_slots_start(&run->expected.slots, hash);
        uint32_t index;
        while ((index = smini_slots_next(&walk)) != 0) {
            const struct smini_expected *item = item_at(&run->expected, index);
            if (item->until_ns < run->moment.time_ns)
                continue;
            int grade = search->suits(item, search->wanted);
            if (grade == 0 || grade < best_grade || (grade == best_grade && best && item->serial < best->serial))
                continue;
            for (unsigned client = 0; client < 2; client++)
                if ((search->clients & 1u << client) && fits(item, ends, client)) {
                    best = item;
                    best_grade = grade;
                    search->client = client;
                    break;
                }
        }
    }
    return best;
}

static int has_port(const struct smini_expected *item, const void *wanted)
{
    (void)wanted;
    return item->client_port != 0 || item->server_port != 0;
}

const struct smini_expected *smini_expect_route(struct smini_run *run, const struct smini_ends *ends, unsigned *client)
{
    struct search search = {.suits = has_port, .clients = 3};
    if (run->expected.items.live == 0)
        return NULL;
    const struct smini_expected *found = find(run, ends, &search);
    *client = search.client;
    return found;
}

static uint64_t flow_id(const struct smini_run *run, struct smini_flow *flow)
{
    struct smini_flow_view view;
    smini_flow_view_make(run, flow, &view);
    return view.flow_id;
}

void smini_expect_tell(struct smini_run *run, struct smini_flow *flow, const struct smini_expected *expected)
{
    if (run->sink.on_announced)
        run->sink.on_announced(run->sink.user, flow_id(run, flow), expected->announcer, expected->own);
}

bool smini_expect_from_server(struct smini_run *run, const struct smini_dissected *dissected)
{
    struct smini_ends ends = {.ip_version = dissected->ip_version,
                              .protocol = dissected->protocol,
                              .port = {dissected->source_port, dissected->destination_port},
                              .address = {dissected->source, dissected->destination}};
    unsigned client = 0;
    return smini_expect_route(run, &ends, &client) != NULL && client == 1;
}

/* [0] is the client. */
static struct smini_ends ends_of(struct smini_run *run, const struct smini_flow_record *record)
{
    unsigned client = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
    struct smini_ends ends = {.ip_version = record->state & SMINI_RECORD_IPV6 ? 6 : 4,
                              .protocol = record->state & SMINI_RECORD_UDP ? 17 : 6};
    for (unsigned i = 0; i < 2; i++) {
        ends.address[i] = smini_flow_table_address(&run->table, record, client ^ i);
        ends.port[i] = record->port[client ^ i];
    }
    return ends;
}

const struct smini_expected *smini_expect_stream(struct smini_run *run, const struct smini_flow_record *record)
{
    struct search search = {.suits = has_port, .clients = 1};
    if (run->expected.items.live == 0)
        return NULL;
    struct smini_ends ends = ends_of(run, record);
    const struct smini_expected *found = find(run, &ends, &search);
    if (found && (smini_run_hinted_elsewhere(run, ends.port[0], found->inspector) ||
                  smini_run_hinted_elsewhere(run, ends.port[1], found->inspector)))
        return NULL;
    return found;
}

struct wanted_file {
    uint16_t inspector;
    struct smini_span name;
};

static struct smini_span without_slash(struct smini_span name)
{
    while (name.length > 0 && name.bytes[0] == '/')
        name = smini_span_part(name, 1, name.length);
    return name;
}

static int has_name(const struct smini_expected *item, const void *wanted)
{
    const struct wanted_file *file = wanted;
    if (item->inspector != file->inspector)
        return 0;
    if (file->name.length == 0) /* nobody can say more of it than where it went */
        return !item->own && (item->client_port || item->server_port) ? 1 : 0;
    if (item->name_length > 0 && smini_span_equal(smini_span_make(item->name, item->name_length), file->name))
        return 2;
    return item->flags & SMIN_EXPECT_FOLLOWERS ? 1 : 0;
}

struct smini_cause smini_expect_cause(struct smini_run *run, struct smini_flow *flow, uint16_t inspector,
                                      struct smini_span name)
{
    const struct smini_cause nothing = {.inspector = NULL};
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    struct wanted_file file = {.inspector = inspector, .name = without_slash(name)};
    struct search search = {.suits = has_name, .wanted = &file, .clients = 1};
    if (run->expected.items.live == 0)
        return nothing;
    struct smini_ends ends = ends_of(run, record);
    const struct smini_expected *found = find(run, &ends, &search);
    if (found)
        smini_expect_tell(run, flow, found);
    return found ? found->cause : nothing;
}

/* ---- announcing ---- */

static bool known(const struct smin_expectation *e)
{
    return e && SMIN_HAS(e, context) && (e->ip_version == 4 || e->ip_version == 6) && e->lifetime_ns != 0 &&
           e->direction <= SMIN_EITHER && e->context_length <= SMIN_EXPECT_CONTEXT_BYTES &&
           (e->flags & (SMIN_EXPECT_ANY_CLIENT | SMIN_EXPECT_ANY_SERVER)) !=
               (SMIN_EXPECT_ANY_CLIENT | SMIN_EXPECT_ANY_SERVER) &&
           (e->name || e->name_length == 0);
}

static int32_t find_inspector(const struct smini_run *run, const char *name)
{
    for (uint32_t i = 0; i < run->inspector_count; i++)
        if (strcmp(run->inspectors[i].inspector->name, name) == 0)
            return (int32_t)i;
    return -1;
}

static void fill(struct smini_expected *item, const struct smin_expectation *e)
{
    struct smini_span name = without_slash(smini_span_make(e->name, (size_t)e->name_length));
    item->flags = e->flags;
    item->client_port = e->client_port;
    item->server_port = e->server_port;
    item->ip_version = e->ip_version;
    item->protocol = e->protocol;
    item->context_length = (uint8_t)e->context_length;
    memcpy(item->client_address, e->client_address, sizeof(item->client_address));
    memcpy(item->server_address, e->server_address, sizeof(item->server_address));
    memcpy(item->context, e->context, e->context_length);
    if (name.length == 0 || name.length > sizeof(item->name))
        return;
    item->name_length = (uint16_t)name.length;
    memcpy(item->name, name.bytes, name.length);
}

static uint32_t take(struct smini_run *run)
{
    struct smini_expect_table *table = &run->expected;
    drop_expired(run);
    uint32_t index = smini_arena_take(&table->items);
    if (index == 0 && table->items.live >= table->items.live_max && table->oldest) {
        smini_pump_limit(run, SMINI_TOLD_EXPECTED, NULL, "expectation_limit",
                         "more transfers are expected than are kept: the oldest are forgotten");
        drop(table, table->oldest);
        index = smini_arena_take(&table->items);
    }
    return index;
}

/* Another inspector's transfer is ordered by this message; a data flow of one's own by what ordered its file. */
static struct smini_cause cause_of(struct smini_run *run, struct smini_flow *flow, uint16_t announcer, bool own,
                                   const struct smin_expectation *e)
{
    if (own)
        return smini_expect_cause(run, flow, announcer, smini_span_make(e->name, (size_t)e->name_length));
    return (struct smini_cause){.inspector = run->inspectors[announcer].inspector,
                                .flow_id = flow_id(run, flow),
                                .message = e->message,
                                .time_ns = run->moment.time_ns,
                                .packet = run->moment.packet};
}

static bool same_purpose(const struct smini_expected *a, const struct smini_expected *b)
{
    return a->inspector == b->inspector && a->flags == b->flags && a->client_port == b->client_port &&
           a->server_port == b->server_port && a->ip_version == b->ip_version && a->protocol == b->protocol &&
           a->own == b->own && memcmp(a->client_address, b->client_address, sizeof(a->client_address)) == 0 &&
           memcmp(a->server_address, b->server_address, sizeof(a->server_address)) == 0 &&
           (a->own || (a->name_length == b->name_length && memcmp(a->name, b->name, a->name_length) == 0));
}

/* What says the same is replaced, and no end has so many that finding one among them would take long. */
static void make_way(struct smini_run *run, uint32_t index)
{
    struct smini_expect_table *table = &run->expected;
    const struct smini_expected *item = item_at(table, index);
    uint32_t count = 0, oldest = 0, other;
    struct smini_slot_walk walk = smini_slots_start(&table->slots, item->hash);
    while ((other = smini_slots_next(&walk)) != 0) {
        count++;
        if (same_purpose(item_at(table, other), item)) {
            drop(table, other);
            return;
        }
        if (oldest == 0 || item_at(table, other)->serial < item_at(table, oldest)->serial)
            oldest = other;
    }
    if (count < PER_END_MAX)
        return;
    smini_pump_limit(run, SMINI_TOLD_EXPECTED, NULL, "expectation_limit",
                     "more transfers are expected of one host than are kept: the oldest are forgotten");
    drop(table, oldest);
}

static void link_newest(struct smini_expect_table *table, uint32_t index)
{
    item_at(table, index)->older = table->newest;
    if (table->newest)
        item_at(table, table->newest)->newer = index;
    else
        table->oldest = index;
    table->newest = index;
}

static int32_t keep(struct smini_run *run, const struct smini_flow_reading *reading, uint16_t target,
                    const struct smin_expectation *expectation)
{
    struct smini_expect_table *table = &run->expected;
    bool own = target == reading->inspector;
    struct smini_cause cause = cause_of(run, reading->flow, reading->inspector, own, expectation);
    uint32_t index = take(run);
    if (index == 0)
        return SMIN_E_NOMEM;
    struct smini_expected *item = item_at(table, index);
    fill(item, expectation);
    item->inspector = target;
    item->own = own;
    item->cause = cause;
    item->announcer = flow_id(run, reading->flow);
    item->serial = ++table->serial;
    uint64_t left = UINT64_MAX - run->moment.time_ns;
    item->until_ns = run->moment.time_ns + (expectation->lifetime_ns < left ? expectation->lifetime_ns : left);
    item->hash = hash_item(run, item);
    make_way(run, index);
    if (!smini_slots_add(&table->slots, item->hash, index)) {
        smini_arena_give(&table->items, index);
        return SMIN_E_NOMEM;
    }
    link_newest(table, index);
    run->counters.expected++;
    return SMIN_OK;
}

static int32_t announce(void *user, void *flow_user, const struct smin_expectation *expectation)
{
    const struct smini_flow_reading *reading = flow_user;
    (void)user;
    if (!reading || !known(expectation))
        return SMIN_E_MISUSE;
    if (reading->mode != SMINI_DELIVER_LIVE || !reading->flow) /* what is read again was announced before */
        return SMIN_OK;
    struct smini_run *run = reading->flow->run;
    int32_t target = expectation->inspector ? find_inspector(run, expectation->inspector) : reading->inspector;
    if (target < 0)
        return SMIN_E_NOT_FOUND;
    int32_t status = keep(run, reading, (uint16_t)target, expectation);
    if (status == SMIN_E_NOMEM)
        smini_pump_nomem(run, reading->flow, "an expected transfer could not be kept");
    return status;
}

const struct smin_ext_expect smini_expect_lent = {.struct_size = sizeof(smini_expect_lent), .announce = announce};
