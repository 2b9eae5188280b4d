/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/file_type.h"

enum {
    TAR_MAGIC_OFFSET = 257, /* POSIX.1-1988, ustar header block */
    CONFIG_LINES_LEAST = 3  /* one or two such lines stand in letters too */
};

static bool is_tar(struct smini_span head)
{
    return smini_span_equal(smini_span_part(head, TAR_MAGIC_OFFSET, 5), smini_span_text("ustar"));
}

static bool is_elf(struct smini_span head)
{
    static const uint8_t magic[] = {0x7f, 'E', 'L', 'F'};
    return smini_span_equal(smini_span_part(head, 0, sizeof(magic)), smini_span_make(magic, sizeof(magic)));
}

/* Printable ASCII and the white space of text files; IOS puts ETX around banners. */
static bool is_text(struct smini_span head)
{
    for (size_t i = 0; i < head.length; i++) {
        uint8_t byte = head.bytes[i];
        if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != 3) || byte >= 0x7f)
            return false;
    }
    return true;
}

static struct smini_span next_line(struct smini_span *rest)
{
    size_t end = smini_span_find(*rest, '\n');
    struct smini_span line = smini_span_part(*rest, 0, end);
    *rest = smini_span_part(*rest, end + 1, rest->length);
    while (line.length > 0 && (line.bytes[line.length - 1] == '\r' || line.bytes[line.length - 1] == ' '))
        line.length--;
    return line;
}

static bool begins(struct smini_span line, const char *words)
{
    return smini_span_equal(smini_span_part(line, 0, strlen(words)), smini_span_text(words));
}

/* Lines as "show running-config" prints them, or as somebody who writes one by hand must. */
static bool is_config_line(struct smini_span line)
{
    static const char *const starts[] = {
        "version 1",     "hostname ",     "interface ",      "ip address ",    "line vty ",   "line con ",
        "enable secret", "enable pass",   "username ",       "service ",       "boot-start",  "no service ",
        "snmp-server ",  "login local",   "transport input", "ip route ",      "spanning-tree ", "vlan ",
        "access-list ",  "aaa new-model", "no aaa ",         "line con",       "tftp-server ", "router ",
    };
    while (line.length > 0 && line.bytes[0] == ' ')
        line = smini_span_part(line, 1, line.length);
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (begins(line, starts[i]))
            return true;
    return false;
}

/* Three lines of it, of which one may not be what any file can hold: "!" and "end". */
static bool is_config(struct smini_span text)
{
    uint32_t lines = 0, others = 0;
    while (text.length > 0 && (lines == 0 || lines + others < CONFIG_LINES_LEAST)) {
        struct smini_span line = next_line(&text);
        lines += is_config_line(line);
        others += smini_span_equal(line, smini_span_text("!")) || smini_span_equal(line, smini_span_text("end"));
    }
    return lines > 0 && lines + others >= CONFIG_LINES_LEAST;
}

/* A file whose only content is the name of a tar file. */
static bool is_image_list(struct smini_span text)
{
    struct smini_span line = next_line(&text);
    while (text.length > 0)
        if (next_line(&text).length > 0)
            return false;
    return line.length > 4 && smini_span_find(line, ' ') == line.length &&
           smini_span_equal_nocase(smini_span_part(line, line.length - 4, 4), smini_span_text(".tar"));
}

/* Commands in double quotes, separated by white space. */
static bool is_commands(struct smini_span text, bool whole)
{
    bool inside = false;
    size_t quotes = 0;
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.bytes[i];
        if (byte == '"') {
            inside = !inside;
            quotes++;
        } else if (!inside && byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t') {
            return false;
        }
    }
    return quotes >= 2 && (!inside || !whole);
}

const char *smini_file_type(struct smini_span head, bool whole)
{
    if (head.length == 0)
        return "empty";
    if (is_tar(head))
        return "tar";
    if (is_elf(head))
        return "elf";
    if (!is_text(head))
        return "data";
    if (is_config(head))
        return "ios-config";
    if (is_commands(head, whole))
        return "ios-commands";
    return whole && is_image_list(head) ? "image-list" : "text";
}

bool smini_file_type_may_be_wanted(uint8_t first)
{
    bool printable = first >= 0x20 && first < 0x7f && first != '<' && first != '{' && first != '[';
    return printable || first == 0x7f || first == '\n' || first == '\r' || first == '\t';
}

bool smini_file_type_is_wanted(const char *type)
{
    static const char *const wanted[] = {"tar", "elf", "ios-config", "ios-commands", "image-list"};
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        if (strcmp(type, wanted[i]) == 0)
            return true;
    return false;
}
