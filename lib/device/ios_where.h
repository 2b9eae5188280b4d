/* SPDX-License-Identifier: BSD-2-Clause */
/* The letters that the tables of this folder use for places. For the files that include a table, and for no other. */
#ifndef SMINI_DEVICE_IOS_WHERE_H
#define SMINI_DEVICE_IOS_WHERE_H

#include "device/ios_form.h"

#define G SMINI_IOS_IN_GLOBAL
#define L SMINI_IOS_IN_LINE
#define I SMINI_IOS_IN_INTERFACE
#define R SMINI_IOS_IN_ROUTER
#define A SMINI_IOS_IN_ACL
#define V SMINI_IOS_IN_ARCHIVE
#define E SMINI_IOS_IN_APPLET
#define K SMINI_IOS_IN_KRON
#define S SMINI_IOS_IN_SERVER
#define Y SMINI_IOS_IN_KEYS
#define C SMINI_IOS_IN_CRYPTO
#define M SMINI_IOS_IN_MONITOR
#define O SMINI_IOS_IN_OTHER
#define X SMINI_IOS_AT_PROMPT
#define ANY SMINI_IOS_IN_ANY

#endif
