/* SPDX-License-Identifier: BSD-2-Clause */
/* The HTTP inspector as a value: what http.so exports, and what a program that links it hands to its registry. */
#ifndef SMINI_HTTP_H
#define SMINI_HTTP_H

#include "smin/abi.h"

extern const struct smin_inspector smini_http_inspector;

#endif
