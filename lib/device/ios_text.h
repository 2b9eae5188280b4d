/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An IOS or IOS XE configuration as text, line by line: what each line is,
 * which section it stands in, whether it matters to somebody who looks for
 * abuse, and where its secrets are. Pure functions over the bytes given:
 * nothing is copied or allocated, and no text is refused. Damaged text (NUL
 * bytes, a cut end, console output around the lines) is read as far as it
 * goes. Keywords are read as IOS reads them: in any case, and abbreviated.
 *
 * Two mistakes are possible and treated differently: where it is not certain
 * that a line means something, it is marked as one that might; where it is not
 * certain that a word is a secret, it is one.
 */
#ifndef SMINI_DEVICE_IOS_TEXT_H
#define SMINI_DEVICE_IOS_TEXT_H

#include "base/bytebuf.h"

enum smini_ios_class {
#define SMINI_IOS_CLASS(constant, name, what, off) SMINI_IOS_CLASS_##constant,
#include "device/ios_class.def"
#undef SMINI_IOS_CLASS
    SMINI_IOS_CLASS_COUNT
};

/* How much a line matters, from not at all. */
enum smini_ios_weight {
    SMINI_IOS_PLAIN, /* nothing to mark */
    SMINI_IOS_NOTE,  /* good to know: part of how the device is managed */
    SMINI_IOS_LOOK,  /* worth a look by somebody who knows the network */
    SMINI_IOS_GRAVE  /* opens the device, or hides what is done with it */
};

/* What a line of text is. */
enum smini_ios_role {
    SMINI_IOS_COMMAND,     /* what a device would carry out */
    SMINI_IOS_BLANK,       /* nothing but blanks */
    SMINI_IOS_COMMENT,     /* begins with "!" */
    SMINI_IOS_DEBRIS,      /* printed by the console or typed at it, no part of a configuration */
    SMINI_IOS_BANNER_TEXT, /* between the delimiters of a banner */
    SMINI_IOS_CERTIFICATE, /* hexadecimal or base64 text of a certificate or a public key */
    SMINI_IOS_KEY_DATA,    /* lines of a private or unknown key: secret as a whole */
    SMINI_IOS_STRAY        /* in a command script: outside the quotes */
};

/* Which text it is. */
enum smini_ios_kind {
    SMINI_IOS_CONFIG,    /* a configuration, whether stolen or planted, or console output with one in it */
    SMINI_IOS_COMMANDS,  /* the command file of an execute message: each quoted command is a line of its own */
    SMINI_IOS_IMAGE_LIST /* the file that an image download names: a line naming a tar file */
};

enum {
    SMINI_IOS_SECRETS_MOST = 4, /* per line; when there are more, all from the first one to the end of the line is one */
    SMINI_IOS_DEPTH_MOST = 16   /* sections inside each other; deeper ones count as this deep */
};

/* A part of a line's `raw`. */
struct smini_ios_part {
    size_t at;
    size_t length;
};

struct smini_ios_line {
    struct smini_span raw;     /* as it stands in the text, without its line ending or quotes */
    struct smini_span command; /* of it what IOS reads: no indentation, console debris, prompt */
    size_t offset;             /* of raw in the text */
    uint32_t number;           /* from 1; the last number stays when there are more lines than it can say */
    uint32_t parent;           /* number of the line whose section this stands in, or whose text it is; 0: none */
    uint32_t depth;            /* 0: not in a section */
    enum smini_ios_role role;
    enum smini_ios_class class; /* the one that says most */
    enum smini_ios_weight weight;
    uint64_t marks;            /* every class that fits: bit 1 << class */
    bool might_be;             /* the mark is not certain: ambiguous keyword, unknown section, text that may not be run */
    bool negated;              /* "no" or "default" in front */
    bool damaged;              /* holds bytes that no command line takes */
    bool prompted;             /* a prompt stands in front: somebody typed it, and it may have been refused */
    bool ended;                /* a line ending (or closing quote) follows */
    const char *reason;        /* plain words, static; "" when the class is none */
    const char *also;          /* the same for a command inside the command ("action 1 cli command ..."); NULL when none */
    uint32_t secret_count;
    struct smini_ios_part secrets[SMINI_IOS_SECRETS_MOST]; /* ascending, apart from each other */
};

/* Where in which section the reader stands. Private to the reader. */
struct smini_ios_section {
    size_t indent;
    uint32_t number;
    uint32_t modes;
};

struct smini_ios_text {
    struct smini_span text;
    enum smini_ios_kind kind;
    size_t at;
    size_t next_lf; /* the first line feed at or behind `at`, when known_lf */
    bool known_lf;
    uint32_t number;
    uint32_t depth; /* of the stack */
    struct smini_ios_section stack[SMINI_IOS_DEPTH_MOST];
    struct smini_ios_section open; /* the section that lines without indentation may belong to */
    bool open_indented;            /* it has had a line with indentation: those without are outside */
    uint32_t block;                /* what kind of text the next lines are; see ios_block.h */
    uint32_t block_parent;
    uint32_t block_depth;
    uint8_t delimiter[2];
    uint8_t delimiter_length;
    bool caret_seen; /* in a banner between printed ^C: a "^" alone, which may end it on a device */
    uint64_t absent[4];  /* delimiters known not to come again */
    bool caret_c_absent; /* so is the printed form of ^C */
    bool doubtful;       /* a banner had no end: what follows may or may not be text of it */
    uint64_t work;       /* bytes and words looked at: what reading costs, for tests */
};

/* Begins to read `text`, which must stay where it is as long as lines of it are used. */
void smini_ios_text_begin(struct smini_ios_text *reader, struct smini_span text, enum smini_ios_kind kind);

/* The next line; false at the end. */
bool smini_ios_text_next(struct smini_ios_text *reader, struct smini_ios_line *line);

/* True when the text of `type`, a word of file records ("ios-config", "ios-commands", "image-list"), can be read; sets `kind`. */
bool smini_ios_kind_of(const char *type, enum smini_ios_kind *kind);

/* A line cut into what may be shown and what may not. `at` begins at 0. False at the end. */
struct smini_ios_piece {
    struct smini_span text;
    bool secret;
};

bool smini_ios_next_piece(const struct smini_ios_line *line, size_t *at, struct smini_ios_piece *piece);

/* What stands for a secret in masked text: says nothing about its length. */
#define SMINI_IOS_MASK "<secret>"

/* Appends the line with each secret replaced by the mask. SMIN_OK, SMIN_E_LIMIT or SMIN_E_NOMEM, as smini_bytebuf_add(). */
int32_t smini_ios_masked(const struct smini_ios_line *line, struct smini_bytebuf *out);

/* Names for records and pages: "tftp-server"; "files put up for anybody to fetch". */
const char *smini_ios_class_name(enum smini_ios_class class);
const char *smini_ios_class_text(enum smini_ios_class class);

/* "plain", "note", "look", "grave". */
const char *smini_ios_weight_name(enum smini_ios_weight weight);

#endif
