/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constants of public tools. Evidence only: nothing here decides a verdict.
 * Where tools send identical bytes the value names all of them.
 */
#include "decode/view.h"

#define TOOL_SIET_FAMILY "SIET, SIETpy3, cisco-siet.nse or Metasploit (one constant MAC address)"
#define TOOL_SIET_GET "SIET, SIETpy3 or cisco-siet.nse (same bytes)"
#define TOOL_SIET_2016 "SIET, first version of 2016"
#define TOOL_SIET "SIET"
#define TOOL_METASPLOIT "Metasploit cisco_smart_install"
#define TOOL_PROBE "smi_check, SIET, Metasploit, cisco-siet.nse, Tsunami or intrigue (same bytes)"
#define TOOL_2018 "CiscoSmartInstallExploit of 2018 or nuclei (same bytes)"
#define TOOL_BRUTASSE "brutasse"
#define TOOL_GO_SIET "Go-SIET"
#define TOOL_GREENBONE "Greenbone (OpenVAS) scan"
#define TOOL_TALOS_2017 "Talos smi_check of 2017"
#define TOOL_SIET_TEST "SIET test mode of 2016"
#define TOOL_ALRIKRR "Cisco-Smart-Exploit (port of the tool of 2018 that sends text)"
#define TOOL_POC_0171 "public proof of concept of CVE-2018-0171 (declared length 216)"

static void say_tool(struct smini_view *view, uint32_t at, uint32_t length, const char *tool)
{
    smini_view_bytes(view, SMINI_FIELD_TOOL, at, 0, smini_span_text(tool), 0);
    smini_view_event(view, SMINI_EVENT_TOOL_FINGERPRINT, at, length, 0);
}

static bool stands(const struct smini_view *view, uint32_t at, const void *bytes, uint32_t length)
{
    return smini_view_has(view, at, length) && memcmp(view->bytes + at, bytes, length) == 0;
}

/* A text with its NUL. */
static bool stands_text(const struct smini_view *view, uint32_t at, const char *text)
{
    return stands(view, at, text, (uint32_t)strlen(text) + 1);
}

static bool is_word(const struct smini_view *view, uint32_t at, uint32_t value)
{
    return smini_view_has(view, at, 4) && smini_view_u32(view, at) == value;
}

/* A file name; compared by length first. */
static bool is_named(struct smini_span file, const char *name, size_t length)
{
    return file.length == length && memcmp(file.bytes, name, length) == 0;
}

#define IS_NAMED(file, name) is_named(file, name, sizeof(name) - 1)

/* A tool that is told by the name of the file it asks for. */
static void say_named(struct smini_view *view, const char *tool)
{
    say_tool(view, smini_view_at(view, view->file.bytes), (uint32_t)view->file.length, tool);
}

static bool is_hex_name(struct smini_span name)
{
    enum { DIGITS = 32 };
    if (name.length != DIGITS)
        return false;
    for (size_t i = 0; i < DIGITS; i++) {
        uint8_t lower = smini_ascii_lower(name.bytes[i]);
        if (!((lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f')))
            return false;
    }
    return true;
}

static bool is_eight_letters(struct smini_span name)
{
    if (name.length != 8)
        return false;
    for (size_t i = 0; i < name.length; i++) {
        uint8_t lower = smini_ascii_lower(name.bytes[i]);
        if (lower < 'a' || lower > 'z')
            return false;
    }
    return true;
}

static void judge_image(struct smini_view *view)
{
    if (IS_NAMED(view->file, "tar_imglist0.txt"))
        say_named(view, TOOL_SIET);
}

static void judge_config(struct smini_view *view)
{
    if (view->header.length == 1) {
        say_tool(view, 12, 4, TOOL_GREENBONE);
        return;
    }
    if (!is_word(view, 32, 0) || !is_word(view, 36, 0))
        return;
    /* No reload at all: both scanners asked for a file only to see whether the client comes for it. */
    if (is_hex_name(view->file))
        say_named(view, TOOL_TALOS_2017);
    else if (IS_NAMED(view->file, "random_file"))
        say_named(view, TOOL_SIET_TEST);
}

static void judge_probe(struct smini_view *view)
{
    if (view->header.version == 1 && view->header.length == 8 && is_word(view, 16, 1) && is_word(view, 20, 0))
        say_tool(view, 0, 24, TOOL_PROBE);
}

static void judge_execute(struct smini_view *view)
{
    if (view->header.length == 210) {
        say_tool(view, 12, 4, TOOL_GO_SIET);
        return;
    }
    if (IS_NAMED(view->file, "execute.txt") || IS_NAMED(view->file, "my_exec.txt"))
        say_named(view, TOOL_SIET);
}

static void judge_discovery(struct smini_view *view)
{
    if (view->header.length == 216 && is_word(view, 16, 1) && is_word(view, 20, 216))
        say_tool(view, 12, 12, TOOL_POC_0171);
}

/* The MAC of SIET stands at 28; what follows it tells its relatives apart. */
static const char *siet_relative(const struct smini_view *view)
{
    static const char metasploit[] = "copy system:running-config tftp://";
    if (stands_text(view, 40, "copy system:running-config flash:/config.text"))
        return TOOL_SIET_GET;
    if (stands_text(view, 40, "copy nvram:startup-config flash:/config.text"))
        return TOOL_SIET_2016;
    if (stands(view, 40, metasploit, sizeof(metasploit) - 1) && is_eight_letters(view->file))
        return TOOL_METASPLOIT;
    return TOOL_SIET_FAMILY;
}

static void judge_backup(struct smini_view *view)
{
    enum { AT_MAC = 28, AT_MAC_SHIFTED = 30, MAC_BYTES = 6 };
    static const uint8_t siet[MAC_BYTES] = {0xfc, 0x99, 0x47, 0x37, 0x86, 0x60};
    static const uint8_t tool_2018[MAC_BYTES] = {0x00, 0x21, 0xd8, 0x63, 0xa5, 0x60};
    static const uint8_t none[MAC_BYTES] = {0};
    if (stands(view, AT_MAC, siet, MAC_BYTES))
        say_tool(view, AT_MAC, MAC_BYTES, siet_relative(view));
    else if (stands(view, AT_MAC_SHIFTED, siet, MAC_BYTES))
        say_tool(view, AT_MAC_SHIFTED, MAC_BYTES, TOOL_GO_SIET);
    else if (stands(view, AT_MAC, tool_2018, MAC_BYTES))
        say_tool(view, AT_MAC, MAC_BYTES, TOOL_2018);
    else if (view->header.version == 0 && stands(view, AT_MAC, none, MAC_BYTES))
        say_tool(view, AT_MAC, MAC_BYTES, TOOL_BRUTASSE);
}

static void judge_record(struct smini_view *view)
{
    enum { AT_IDENTITY = 16, IDENTITY_BYTES = 52, AT_WORD = 68 };
    if (!is_word(view, AT_WORD, 0x555cca68) || !smini_view_has(view, AT_IDENTITY, IDENTITY_BYTES))
        return;
    for (uint32_t i = 0; i < IDENTITY_BYTES; i++)
        if (view->bytes[AT_IDENTITY + i] != 0xff)
            return;
    say_tool(view, AT_IDENTITY, IDENTITY_BYTES + 4, TOOL_2018);
}

/* Bytes too many, as Go-SIET counts them: 4 behind its probe, 266 behind its download-config, 318 behind its execute. */
static void judge_trailer(struct smini_view *view)
{
    uint32_t id = view->row->id;
    uint32_t length = view->header.length;
    if ((id == SMINI_MESSAGE_CAPABILITIES_REQUEST && length == 8 && view->arrived == 4 && is_word(view, 0, 0)) ||
        (id == SMINI_MESSAGE_DOWNLOAD_CONFIG && length == 296 && view->arrived == 266) ||
        (id == SMINI_MESSAGE_EXECUTE && length == 210 && view->arrived == 318))
        say_tool(view, 0, view->arrived, TOOL_GO_SIET);
}

void smini_tool_recognise(struct smini_view *view)
{
    if (view->shift) {
        say_tool(view, 0, view->arrived, TOOL_ALRIKRR);
        return;
    }
    if (view->kind == SMIN_KIND_STREAM)
        return;
    if (view->kind == SMIN_KIND_TRAILER) {
        judge_trailer(view);
        return;
    }
    switch (view->row->id) {
    case SMINI_MESSAGE_DOWNLOAD_IMAGE:
        judge_image(view);
        break;
    case SMINI_MESSAGE_DOWNLOAD_CONFIG:
        judge_config(view);
        break;
    case SMINI_MESSAGE_CAPABILITIES_REQUEST:
        judge_probe(view);
        break;
    case SMINI_MESSAGE_EXECUTE:
        judge_execute(view);
        break;
    case SMINI_MESSAGE_INIT_DISCOVERY:
        judge_discovery(view);
        break;
    case SMINI_MESSAGE_BACKUP_REQUEST:
        judge_backup(view);
        break;
    case SMINI_MESSAGE_BACKUP_RECORD:
        judge_record(view);
        break;
    default:
        break;
    }
}
