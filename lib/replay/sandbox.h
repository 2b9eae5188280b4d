/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Giving up rights before untrusted bytes are read: after this the process can
 * read below the named paths and write to what is open, and nothing else. No
 * network, no other program, no new file but below some folders. Takes what the kernel offers.
 */
#ifndef SMINI_SANDBOX_H
#define SMINI_SANDBOX_H

#include <stdint.h>

enum { SMINI_SANDBOX_LANDLOCK = 1, SMINI_SANDBOX_SECCOMP = 2 };

/*
 * For the calling thread and those it starts later; cannot be taken back.
 * `paths` stay readable, folders with everything below them. `folders` are
 * open, and files may be made below them. Gives the SMINI_SANDBOX_* that are in
 * force; 0 when the kernel has neither.
 */
int smini_sandbox_enter(const char *const *paths, uint32_t count, const int *folders, uint32_t folder_count);

/*
 * The same for a program that sends frames through one socket of its own, as
 * libnet does: nothing can be made, and no other socket used.
 */
int smini_sandbox_enter_sending(const char *const *paths, uint32_t count, int socket);

/* "landlock and seccomp", "landlock", "seccomp", "none". */
const char *smini_sandbox_text(int state);

#endif
