/* SPDX-License-Identifier: BSD-2-Clause */
/* Size and offset of every member of what hosts lend; see layout.c. */
#ifndef LAYOUT_LENT_H
#define LAYOUT_LENT_H

SIZE(smin_expectation, 112, 104);
MEMBER(smin_expectation, struct_size, 0, 0);
MEMBER(smin_expectation, flags, 4, 4);
MEMBER(smin_expectation, direction, 8, 8);
MEMBER(smin_expectation, ip_version, 12, 12);
MEMBER(smin_expectation, protocol, 13, 13);
MEMBER(smin_expectation, client_port, 14, 14);
MEMBER(smin_expectation, server_port, 16, 16);
MEMBER(smin_expectation, reserved16, 18, 18);
MEMBER(smin_expectation, client_address, 20, 20);
MEMBER(smin_expectation, server_address, 36, 36);
MEMBER(smin_expectation, context_length, 52, 52);
MEMBER(smin_expectation, lifetime_ns, 56, 56);
MEMBER(smin_expectation, message, 64, 64);
MEMBER(smin_expectation, inspector, 72, 72);
MEMBER(smin_expectation, name, 80, 76);
MEMBER(smin_expectation, name_length, 88, 80);
MEMBER(smin_expectation, context, 96, 88);

SIZE(smin_ext_expect, 16, 12);
MEMBER(smin_ext_expect, struct_size, 0, 0);
MEMBER(smin_ext_expect, reserved, 4, 4);
MEMBER(smin_ext_expect, announce, 8, 8);

SIZE(smin_file, 40, 36);
MEMBER(smin_file, struct_size, 0, 0);
MEMBER(smin_file, direction, 4, 4);
MEMBER(smin_file, name, 8, 8);
MEMBER(smin_file, name_length, 16, 12);
MEMBER(smin_file, size, 24, 20);
MEMBER(smin_file, flags, 32, 28);
MEMBER(smin_file, reserved, 36, 32);

SIZE(smin_ext_file, 48, 28);
MEMBER(smin_ext_file, struct_size, 0, 0);
MEMBER(smin_ext_file, reserved, 4, 4);
MEMBER(smin_ext_file, begin, 8, 8);
MEMBER(smin_ext_file, data, 16, 12);
MEMBER(smin_ext_file, gap, 24, 16);
MEMBER(smin_ext_file, end, 32, 20);
MEMBER(smin_ext_file, wanted, 40, 24);

_Static_assert(SMIN_EXPECT_CONTEXT_BYTES == 16, "room for the context of an expectation");
_Static_assert(SMIN_EXPECT_ANY_CLIENT == 1 && SMIN_EXPECT_ANY_SERVER == 2 && SMIN_EXPECT_FOLLOWERS == 4, "expectations");
_Static_assert(SMIN_FILE_CLOSED == 1 && SMIN_FILE_TRUNCATED == 2 && SMIN_FILE_REFUSED == 3 && SMIN_FILE_UNCONFIRMED == 4, "how a file ends");
_Static_assert(SMIN_FILE_IF_WANTED == 1 && SMIN_FILE_ASKED_BY_SERVER == 2 && SMIN_FILE_DECODED == 4 && SMIN_FILE_NAME_CUT == 8,
               "flags of a file");

#endif
