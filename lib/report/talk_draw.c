/* SPDX-License-Identifier: BSD-2-Clause */
/* Three columns: senders, devices, file servers. Each arrow has a line of its own at the device, so that labels never meet. */
#include <stdlib.h>

#include "base/address.h"
#include "report/talk.h"

enum {
    SLOT = 44,
    SLOTS_PER_PICTURE = 22, /* fits a printed page */
    TOP = 40,
    SENDER_LEFT = 6,
    SENDER_WIDTH = 170,
    ORDER_LEFT = 236, /* where the straight part of an arrow begins */
    DEVICE_LEFT = 448,
    DEVICE_WIDTH = 184,
    FILE_RIGHT = 846,
    SERVER_LEFT = 904,
    SERVER_WIDTH = 170,
    LABEL_COLUMNS = 28,
    BOX = 36
};

/* A sender or a server in one picture. */
struct party {
    struct smini_incident_address address;
    int sum, count; /* of the places of its arrows */
    int y;
    bool both; /* it sends orders and serves files */
};

struct picture {
    struct smini_page_work *work;
    const struct smini_talk *talk;
    struct party senders[SLOTS_PER_PICTURE], servers[SLOTS_PER_PICTURE];
    uint32_t sender_count, server_count;
    uint32_t from, to; /* nodes */
    int height;
};

static struct party *find(struct party *parties, uint32_t count, const struct smini_incident_address *address)
{
    for (uint32_t i = 0; i < count; i++)
        if (smini_page_address_order(&parties[i].address, address) == 0)
            return &parties[i];
    return NULL;
}

static int y_of(struct party *parties, uint32_t count, const struct smini_incident_address *address)
{
    const struct party *party = find(parties, count, address);
    return party ? party->y : TOP;
}

static void meet(struct party *parties, uint32_t *count, const struct smini_incident_address *address, int y)
{
    struct party *party = find(parties, *count, address);
    if (!party) {
        party = &parties[(*count)++];
        memset(party, 0, sizeof(*party));
        party->address = *address;
    }
    party->sum += y;
    party->count++;
}

static int party_order(const void *one, const void *other)
{
    const struct party *a = one, *b = other;
    return a->y != b->y ? (a->y < b->y ? -1 : 1) : smini_page_address_order(&a->address, &b->address);
}

/* Each beside the middle of its arrows, none over another. */
static void place(struct party *parties, uint32_t count, int height)
{
    for (uint32_t i = 0; i < count; i++)
        parties[i].y = parties[i].sum / parties[i].count;
    qsort(parties, count, sizeof(*parties), party_order);
    for (uint32_t i = 1; i < count; i++)
        if (parties[i].y < parties[i - 1].y + SLOT)
            parties[i].y = parties[i - 1].y + SLOT;
    int most = height - SLOT / 2;
    for (uint32_t i = count; i > 0; i--) {
        parties[i - 1].y = parties[i - 1].y < most ? parties[i - 1].y : most;
        most = parties[i - 1].y - SLOT;
    }
}

/* An IPv6 address may need two lines. */
static void draw_address(struct smini_html *html, const struct smini_incident_address *address, int x, int y, const char *below)
{
    enum { LINE_MAX = 21 };
    char text[SMINI_ADDRESS_TEXT];
    size_t length = smini_address_text(address->version, address->bytes, text), cut = length;
    if (length > LINE_MAX)
        for (cut = LINE_MAX; cut > 1 && text[cut - 1] != ':';)
            cut--;
    bool two = cut < length || below;
    smini_html_form(html, "<text class=\"h\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.*s</text>", x, two ? y - 3 : y + 4, (int)cut, text);
    if (cut < length)
        smini_html_form(html, "<text class=\"h\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, y + 12, text + cut);
    else if (below)
        smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">%s</text>", x, y + 12, below);
    smini_html_raw(html, "\n");
}

static void draw_box(struct smini_html *html, int x, int y, int width, int height)
{
    smini_html_form(html, "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>", x, y, width, height);
}

static const char *line_class(enum smini_outcome outcome)
{
    switch (outcome) {
    case SMINI_OUTCOME_FAILED:
    case SMINI_OUTCOME_ATTEMPTED:
        return "dash";
    case SMINI_OUTCOME_UNKNOWN:
        return "dots";
    case SMINI_OUTCOME_ANSWERED:
    case SMINI_OUTCOME_SUCCEEDED:
        break;
    }
    return "";
}

static void draw_tip(struct smini_html *html, const char *tone, int x, int y, bool right)
{
    smini_html_form(html, "<path class=\"tip %s\" d=\"M%d %dl%d -5v10z\"/>", tone, x, y, right ? -9 : 9);
}

static void draw_order(struct picture *picture, const struct smini_talk_edge *edge, int y)
{
    struct smini_html *html = picture->work->html;
    int sender_y = y_of(picture->senders, picture->sender_count, &edge->other);
    const char *tone = smini_words_tone(edge->severity);
    int x = SENDER_LEFT + SENDER_WIDTH, middle = (x + ORDER_LEFT) / 2;
    smini_html_form(html, "<a href=\"#incident-%u\"><path class=\"arrow %s %s\" d=\"M%d %dC%d %d %d %d %d %dH%d\"/>",
                    (unsigned)edge->number + 1, tone, line_class(edge->outcome), x, sender_y, middle, sender_y, middle, y, ORDER_LEFT,
                    y, DEVICE_LEFT - 8);
    draw_tip(html, tone, DEVICE_LEFT, y, true);
    smini_html_form(html, "<text x=\"%d\" y=\"%d\">%s</text><text class=\"q\" x=\"%d\" y=\"%d\" font-size=\"11\">%s", ORDER_LEFT + 4, y - 6,
                    smini_words_asked(edge->verdict), ORDER_LEFT + 4, y + 14, smini_incident_outcome_text(edge->outcome));
    if (edge->count > 1)
        smini_html_form(html, ", %u incidents", (unsigned)edge->count);
    if (edge->more > 0)
        smini_html_form(html, ", and %u more", (unsigned)edge->more);
    smini_html_raw(html, "</text></a>\n");
}

static void draw_file_label(struct smini_html *html, const struct smini_talk_edge *edge, int x, int y)
{
    const struct smini_incident_file *file = edge->file;
    smini_html_form(html, "<text x=\"%d\" y=\"%d\">", x, y - 6);
    if (!file)
        smini_html_raw(html, "named in the order");
    else if (file->name.length == 0)
        smini_html_raw(html, "(no name seen)");
    else
        smini_html_foreign_columns(html, file->name, LABEL_COLUMNS);
    smini_html_form(html, "</text><text class=\"q\" x=\"%d\" y=\"%d\" font-size=\"11\">", x, y + 14);
    if (!file) {
        smini_html_raw(html, "no transfer seen");
    } else if (!smini_page_moved(file)) {
        smini_html_raw(html, file->state == SMINI_TRANSFER_REFUSED  ? "refused"
                             : file->state == SMINI_TRANSFER_SEALED ? "encrypted"
                                                                    : "nothing moved");
    } else {
        smini_html_size(html, file->size);
        smini_html_raw(html, smini_page_whole(file) ? "" : ", in part");
    }
    if (edge->count > 1)
        smini_html_form(html, " \xc3\x97%u", (unsigned)edge->count);
    if (edge->more > 0)
        smini_html_form(html, ", and %u more", (unsigned)edge->more);
    smini_html_raw(html, "</text>");
}

static void draw_file(struct picture *picture, const struct smini_talk_edge *edge, int y)
{
    struct smini_html *html = picture->work->html;
    int server_y = y_of(picture->servers, picture->server_count, &edge->other);
    bool moved = edge->file && smini_page_moved(edge->file), into = edge->file && edge->file->to_device;
    const char *tone = moved ? smini_words_tone(edge->severity) : "u";
    int x = DEVICE_LEFT + DEVICE_WIDTH, middle = (FILE_RIGHT + SERVER_LEFT) / 2;
    smini_html_form(html, "<a href=\"#incident-%u\"><path class=\"arrow %s %s\" d=\"M%d %dH%dC%d %d %d %d %d %d\"/>",
                    (unsigned)edge->number + 1, tone, !edge->file ? "dots" : moved && smini_page_whole(edge->file) ? "" : "dash",
                    into ? x + 8 : x, y, FILE_RIGHT, middle, y, middle, server_y, into || !edge->file ? SERVER_LEFT : SERVER_LEFT - 8,
                    server_y);
    if (edge->file)
        draw_tip(html, tone, into ? x : SERVER_LEFT, into ? y : server_y, !into);
    draw_file_label(html, edge, x + 14, y);
    smini_html_raw(html, "</a>\n");
}

static void draw_device(struct smini_html *html, const struct smini_talk_node *node, int top, int height)
{
    int x = DEVICE_LEFT + DEVICE_WIDTH / 2, y = top + height / 2;
    draw_box(html, DEVICE_LEFT, top + 4, DEVICE_WIDTH, height - 8);
    if (node->members < 2) {
        const struct smini_device *device = node->subject->device;
        draw_address(html, &node->subject->address, x, y,
                     node->subject->address.version == 6                        ? NULL
                     : device && device->state == SMINI_STATE_ENABLED ? "Smart Install on"
                     : device && device->state == SMINI_STATE_CLOSED  ? "port closed"
                                                                      : NULL);
        return;
    }
    smini_html_form(html, "<text class=\"h\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%u devices</text>", x, y - 14, (unsigned)node->members);
    smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">", x, y + 4);
    smini_html_address(html, &node->subject->address);
    smini_html_form(html, "</text><text class=\"q\" x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"11\">to ", x, y + 20);
    smini_html_address(html, &node->last);
    smini_html_raw(html, "</text>\n");
}

/* Arrows of the shorter side stand in the middle of the device. */
static int slot_y(uint32_t slots, uint32_t count, uint32_t at, int top)
{
    return top + (int)(slots - count) * SLOT / 2 + (int)at * SLOT + SLOT / 2;
}

static void gather(struct picture *picture)
{
    int top = TOP;
    picture->sender_count = picture->server_count = 0;
    for (uint32_t i = picture->from; i < picture->to; i++) {
        const struct smini_talk_node *node = &picture->talk->nodes[i];
        uint32_t slots = smini_talk_slots(node);
        for (uint32_t k = 0; k < node->left_count; k++)
            meet(picture->senders, &picture->sender_count, &node->left[k].other, slot_y(slots, node->left_count, k, top));
        for (uint32_t k = 0; k < node->right_count; k++)
            meet(picture->servers, &picture->server_count, &node->right[k].other, slot_y(slots, node->right_count, k, top));
        top += (int)slots * SLOT;
    }
    picture->height = top + 8;
    for (uint32_t i = 0; i < picture->server_count; i++)
        picture->servers[i].both = find(picture->senders, picture->sender_count, &picture->servers[i].address) != NULL;
    place(picture->senders, picture->sender_count, top);
    place(picture->servers, picture->server_count, top);
}

static void draw_parties(struct picture *picture)
{
    struct smini_html *html = picture->work->html;
    smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"20\" text-anchor=\"middle\">Sender of orders</text>"
                          "<text class=\"q\" x=\"%d\" y=\"20\" text-anchor=\"middle\">Device</text>",
                    SENDER_LEFT + SENDER_WIDTH / 2, DEVICE_LEFT + DEVICE_WIDTH / 2);
    if (picture->server_count > 0)
        smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"20\" text-anchor=\"middle\">Other end of the transfer</text>\n",
                        SERVER_LEFT + SERVER_WIDTH / 2);
    for (uint32_t i = 0; i < picture->sender_count; i++) {
        draw_box(html, SENDER_LEFT, picture->senders[i].y - BOX / 2, SENDER_WIDTH, BOX);
        draw_address(html, &picture->senders[i].address, SENDER_LEFT + SENDER_WIDTH / 2, picture->senders[i].y, NULL);
    }
    for (uint32_t i = 0; i < picture->server_count; i++) {
        draw_box(html, SERVER_LEFT, picture->servers[i].y - BOX / 2, SERVER_WIDTH, BOX);
        draw_address(html, &picture->servers[i].address, SERVER_LEFT + SERVER_WIDTH / 2, picture->servers[i].y,
                     picture->servers[i].both ? "also the sender" : NULL);
    }
}

static void draw_picture(struct picture *picture, char letter)
{
    struct smini_html *html = picture->work->html;
    char name[] = "talk-?";
    name[sizeof(name) - 2] = letter;
    gather(picture);
    smini_svg_open(html, picture->height, name, "Who talked to whom",
                   "Senders of orders on the left, devices in the middle, the other ends of file transfers on the right. Arrows on the "
                   "left say what was asked and what came of it; arrows on the right say what moved and point the way it moved.");
    int top = TOP;
    for (uint32_t i = picture->from; i < picture->to; i++) {
        const struct smini_talk_node *node = &picture->talk->nodes[i];
        uint32_t slots = smini_talk_slots(node);
        for (uint32_t k = 0; k < node->left_count; k++)
            draw_order(picture, &node->left[k], slot_y(slots, node->left_count, k, top));
        for (uint32_t k = 0; k < node->right_count; k++)
            draw_file(picture, &node->right[k], slot_y(slots, node->right_count, k, top));
        draw_device(html, node, top, (int)slots * SLOT);
        top += (int)slots * SLOT;
    }
    draw_parties(picture);
    smini_svg_close(html);
}

void smini_talk_draw(struct smini_page_work *work, const struct smini_talk *talk)
{
    struct smini_html *html = work->html;
    struct picture picture = {.work = work, .talk = talk};
    uint32_t pictures = 0;
    smini_html_raw(html, "<figure>\n");
    while (picture.to < talk->node_count) {
        uint32_t slots = 0;
        picture.from = picture.to;
        while (picture.to < talk->node_count && slots + smini_talk_slots(&talk->nodes[picture.to]) <= SLOTS_PER_PICTURE)
            slots += smini_talk_slots(&talk->nodes[picture.to++]);
        draw_picture(&picture, (char)('a' + pictures++ % 26));
    }
    smini_html_raw(html, "<figcaption>Full line: it worked, was answered, or moved whole. Dashed: attempted, refused, or in part. Dotted: "
                         "not seen.");
    if (talk->grouped > 0) {
        smini_html_raw(html, " ");
        smini_html_number(html, talk->grouped);
        smini_html_raw(html, " devices to which exactly the same was done stand in boxes together; the table of devices lists each.");
    }
    if (talk->left_out > 0) {
        smini_html_raw(html, " ");
        smini_html_count(html, talk->left_out, "further device", "further devices");
        smini_html_raw(html, ", of no greater concern, would be too many to draw.");
    }
    if (talk->quiet > 0) {
        smini_html_raw(html, " Not drawn: ");
        smini_html_count(html, talk->quiet, "device", "devices");
        smini_html_raw(html, " without incidents.");
    }
    smini_html_raw(html, "</figcaption></figure>\n");
}
