/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/transfer.h"

#include <string.h>

#include "wireshark/draw.h"

/* URLs that are waited for in one capture; each costs a comparison per named transfer. */
enum { URLS_MAX = 1024 };

/* A URL that was seen. */
struct url {
    struct url *next;
    struct smini_ws_kept *kept;
    uint32_t field;
    const char *scheme, *host, *path; /* the path without the slashes at its beginning */
    uint32_t transfer;     /* first frame of what it caused; 0: not seen yet */
    const char *dissector; /* of the transfer */
    address client, server;
    uint32_t client_port;
};

/* Fields of Wireshark's that name the file of a transfer, by the scheme of its URL. */
static struct {
    const char *scheme, *field;
    int number;
} names[] = {
    {"tftp", "tftp.source_file", -1},
    {"tftp", "tftp.destination_file", -1},
    {"http", "http.request.uri", -1},
    {"ftp", "ftp.request.arg", -1},
};

/* Of the open capture. */
static struct url *urls;
static unsigned url_count;
static wmem_map_t *transfers; /* frame to the URL that it is the first of */

static void begin_capture(void)
{
    urls = NULL;
    url_count = 0;
    transfers = NULL;
}

void smini_ws_transfer_handoff(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        names[i].number = proto_registrar_get_id_byname(names[i].field);
    register_init_routine(begin_capture);
    register_cleanup_routine(begin_capture);
}

void smini_ws_transfer_want(GArray *wanted)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].number != -1)
            g_array_append_val(wanted, names[i].number);
}

static const char *without_slashes(const char *path)
{
    return path + strspn(path, "/");
}

/* scheme://host[:port]/path; false: something else. The parts live as long as the file. */
static bool split(struct url *url, const char *text)
{
    const char *colon = strstr(text, "://");
    if (!colon || colon == text || strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != (size_t)(colon - text))
        return false;
    const char *host = colon + 3, *slash = strchr(host, '/');
    if (!slash || slash == host || slash[1] == '\0')
        return false;
    const char *end = memchr(host, ':', (size_t)(slash - host));
    wmem_allocator_t *scope = wmem_file_scope();
    url->scheme = wmem_strndup(scope, text, (size_t)(colon - text));
    url->host = wmem_strndup(scope, host, (size_t)((end ? end : slash) - host));
    url->path = wmem_strdup(scope, without_slashes(slash));
    return true;
}

void smini_ws_transfer_note(const struct smini_ws_adapter *adapter, struct smini_ws_kept *kept)
{
    const struct smin_message *message = &kept->message;
    for (uint32_t i = 0; i < message->field_count && url_count < URLS_MAX; i++) {
        const struct smin_field *field = smini_ws_kept_field(kept, i);
        uint32_t index;
        const struct smin_field_desc *desc = smini_ws_field(adapter, field->id, &index);
        if (!desc || desc->type != SMIN_TYPE_TEXT || field->size == 0)
            continue;
        struct url url = {.kept = kept, .field = i};
        if (!split(&url, smini_ws_text(wmem_file_scope(), field)))
            continue;
        url.next = urls;
        urls = wmem_memdup(wmem_file_scope(), &url, sizeof(url));
        url_count++;
    }
}

static bool is_address(const char *text, const packet_info *pinfo, const address *which)
{
    return strcmp(address_to_str(pinfo->pool, which), text) == 0;
}

/* A host by name may be any address. */
static bool fits_host(const struct url *url, const packet_info *pinfo)
{
    return !g_hostname_is_ip_address(url->host) || is_address(url->host, pinfo, &pinfo->dst);
}

static const char *value_of(field_info *info)
{
#if SMINI_WS_SINCE(4, 2)
    return fvalue_get_string(info->value);
#else
    return fvalue_get_string(&info->value);
#endif
}

static void join(struct url *url, const packet_info *pinfo, const char *dissector)
{
    url->dissector = dissector;
    struct smini_ws_link *link = wmem_new0(wmem_file_scope(), struct smini_ws_link);
    link->field = url->field;
    link->frame = pinfo->num;
    link->next = url->kept->transfers;
    url->kept->transfers = link;
    url->transfer = pinfo->num;
    copy_address_wmem(wmem_file_scope(), &url->client, &pinfo->src);
    copy_address_wmem(wmem_file_scope(), &url->server, &pinfo->dst);
    url->client_port = pinfo->srcport;
    if (!transfers)
        transfers = wmem_map_new(wmem_file_scope(), g_direct_hash, g_direct_equal);
    if (!wmem_map_lookup(transfers, GUINT_TO_POINTER(pinfo->num)))
        wmem_map_insert(transfers, GUINT_TO_POINTER(pinfo->num), url);
}

/* Is this the first packet of what a URL asks for? */
static void recognise(const packet_info *pinfo, const proto_tree *tree)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const GPtrArray *found = names[i].number != -1 ? proto_get_finfo_ptr_array(tree, names[i].number) : NULL;
        for (guint k = 0; found && k < found->len; k++) {
            const char *name = value_of(g_ptr_array_index(found, k));
            for (struct url *url = urls; name && url; url = url->next)
                if (url->transfer == 0 && g_ascii_strcasecmp(url->scheme, names[i].scheme) == 0 &&
                    strcmp(url->path, without_slashes(name)) == 0 && fits_host(url, pinfo))
                    join(url, pinfo, names[i].scheme);
        }
    }
}

/*
 * The server of a transfer over UDP answers from a port of its own choice. Wireshark 4.6 does not join what the client
 * sends to that port to the transfer, so both ways are given to the scheme's dissector here.
 */
static void bind_answer(packet_info *pinfo)
{
    for (const struct url *url = urls; url; url = url->next) {
        if (url->transfer == 0 || pinfo->destport != url->client_port || !addresses_equal(&pinfo->dst, &url->client) ||
            !addresses_equal(&pinfo->src, &url->server))
            continue;
        dissector_handle_t handle = find_dissector(url->dissector);
        conversation_t *conversation = find_or_create_conversation(pinfo);
        if (handle && conversation && !conversation_get_dissector(conversation, pinfo->num))
            conversation_set_dissector(conversation, handle);
        return;
    }
}

void smini_ws_transfer_packet(const struct smini_ws_adapter *adapter, tvbuff_t *tvb, packet_info *pinfo,
                              proto_tree *tree)
{
    if (!urls)
        return;
    if (!PINFO_FD_VISITED(pinfo)) {
        if (tree)
            recognise(pinfo, tree);
        if (pinfo->ptype == PT_UDP)
            bind_answer(pinfo);
    }
    const struct url *url = transfers ? wmem_map_lookup(transfers, GUINT_TO_POINTER(pinfo->num)) : NULL;
    if (!url)
        return;
    proto_item *item = proto_tree_add_item(tree, adapter->protocol, tvb, 0, 0, ENC_NA);
    proto_item_set_generated(item);
    smini_ws_draw_link(adapter, proto_item_add_subtree(item, smini_ws_tree_message), tvb, SMINI_WS_TRANSFER_OF,
                       url->kept->frame);
}
