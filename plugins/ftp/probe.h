/* SPDX-License-Identifier: BSD-2-Clause */
/* Do a direction's first bytes belong to a control connection? */
#ifndef SMINI_FTP_PROBE_H
#define SMINI_FTP_PROBE_H

#include "base/span.h"

/* SMIN_PROBE_*. `on_port`: the server's port is the one of FTP. */
int32_t smini_ftp_probe_server(struct smini_span bytes, bool on_port);
int32_t smini_ftp_probe_client(struct smini_span bytes, bool on_port);

#endif
