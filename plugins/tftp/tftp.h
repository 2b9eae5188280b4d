/* SPDX-License-Identifier: BSD-2-Clause */
/* The TFTP inspector as a value: what tftp.so exports, and what a program that links it hands to its registry. */
#ifndef SMINI_TFTP_H
#define SMINI_TFTP_H

#include "smin/abi.h"

extern const struct smin_inspector smini_tftp_inspector;

#endif
