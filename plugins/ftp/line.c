/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/line.h"

/* RFC 854: a command is 255 and a byte, with a third byte behind 251 to 254; 255 twice is the byte itself. */
enum { IAC = 255, FIRST_WITH_OPTION = 251, PLAIN = 0, BEHIND_IAC = 1, BEFORE_OPTION = 2 };

static void begin(struct smini_ftp_line *line, uint64_t offset)
{
    line->offset = offset;
    line->length = 0;
    line->kept = 0;
    line->begun = true;
}

static void add(struct smini_ftp_line *line, uint8_t byte)
{
    if (line->kept < SMINI_FTP_LINE_BYTES && line->kept == line->length)
        line->bytes[line->kept++] = byte;
    line->length++;
}

/* True: the byte belongs to a Telnet command. */
static bool take_telnet(struct smini_ftp_line *line, uint8_t byte)
{
    switch (line->telnet) {
    case PLAIN:
        line->telnet = byte == IAC ? BEHIND_IAC : PLAIN;
        return byte == IAC;
    case BEHIND_IAC:
        line->telnet = byte >= FIRST_WITH_OPTION && byte != IAC ? BEFORE_OPTION : PLAIN;
        return byte != IAC;
    default:
        line->telnet = PLAIN;
        return true;
    }
}

static void drop_last(struct smini_ftp_line *line)
{
    if (line->kept == line->length)
        line->kept--;
    line->length--;
}

/* True: the line is whole, and none of it is missing. */
static bool finish(struct smini_ftp_line *line)
{
    bool whole = !line->lost;
    if (line->length > 0 && line->kept == line->length && line->bytes[line->kept - 1] == '\r')
        drop_last(line);
    line->begun = false;
    line->lost = false;
    return whole;
}

bool smini_ftp_line_next(struct smini_ftp_line *line, struct smini_span *rest, uint64_t *offset)
{
    while (rest->length > 0) {
        uint8_t byte = rest->bytes[0];
        if (!line->begun)
            begin(line, *offset);
        *rest = smini_span_part(*rest, 1, rest->length);
        (*offset)++;
        if (take_telnet(line, byte))
            continue;
        if (byte != '\n')
            add(line, byte);
        else if (finish(line))
            return true;
    }
    return false;
}

void smini_ftp_line_lose(struct smini_ftp_line *line)
{
    line->begun = true;
    line->lost = true;
    line->telnet = PLAIN;
    line->length = line->kept = 0;
}
