/* SPDX-License-Identifier: BSD-2-Clause */
/* The FTP inspector as a value: what ftp.so exports, and what a program that links it hands to its registry. */
#ifndef SMINI_FTP_H
#define SMINI_FTP_H

#include "smin/abi.h"

extern const struct smin_inspector smini_ftp_inspector;

#endif
