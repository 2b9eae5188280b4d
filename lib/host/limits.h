/* SPDX-License-Identifier: BSD-2-Clause */
/* Every limit of this folder, with its reason. Reaching one is a refusal with a text, never silence. */
#ifndef SMINI_HOST_LIMITS_H
#define SMINI_HOST_LIMITS_H

/* Bytes of struct smin_inspector. Ours has some 180; a size beyond this is not a later version but garbage. */
#define SMINI_HOST_INSPECTOR_BYTES 65536u

/* Elements of one table. Names are compared with each other pair by pair; real inspectors have tens. */
#define SMINI_HOST_TABLE_ELEMENTS 1024u

/* Bytes from one element to the next. Ours have 40 at most; leaves room for growth, keeps the product small. */
#define SMINI_HOST_STRIDE_BYTES 4096u

/* Ports of the hint list. */
#define SMINI_HOST_PORTS 64u

/* Characters of an id, of a name, of a line for people: they become file names, keys and columns. */
#define SMINI_HOST_ID_CHARS 127u
#define SMINI_HOST_NAME_CHARS 63u
#define SMINI_HOST_TEXT_CHARS 511u

/* Inspectors of one plugin and of one list. */
#define SMINI_HOST_INSPECTORS 64u

/* Dynamic entries, program headers and symbols of a file that are looked at; beyond, the file is refused. */
#define SMINI_HOST_ELF_SEGMENTS 256u
#define SMINI_HOST_ELF_DYNAMIC 4096u
#define SMINI_HOST_ELF_SYMBOLS 262144u

#endif
