/* SPDX-License-Identifier: BSD-2-Clause */
/* The inspector of sealed transfers as a value: what sealed.so exports, and what a program that links it registers. */
#ifndef SMINI_SEALED_H
#define SMINI_SEALED_H

#include "smin/abi.h"

extern const struct smin_inspector smini_sealed_inspector;

#endif
