/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/classification.h"

/* Names and priorities are common to the engines; the wording is ours. */
static const struct smini_classification table[] = {
    {"attempted-admin", "Attempt to gain administrator rights", 1},
    {"attempted-user", "Attempt to gain user rights", 1},
    {"command-and-control", "Command and control traffic", 1},
    {"credential-theft", "Credentials were taken", 1},
    {"domain-c2", "Name lookup for command and control", 1},
    {"exploit-kit", "Exploit kit activity", 1},
    {"inappropriate-content", "Inappropriate content", 1},
    {"policy-violation", "Violation of a policy", 1},
    {"shellcode-detect", "Executable code in data", 1},
    {"social-engineering", "Attempt to deceive a person", 2},
    {"successful-admin", "Administrator rights were gained", 1},
    {"successful-user", "User rights were gained", 1},
    {"targeted-activity", "Activity against a chosen target", 1},
    {"trojan-activity", "Activity of malicious software", 1},
    {"unsuccessful-user", "Failed attempt to gain user rights", 1},
    {"web-application-attack", "Attack on a web application", 1},
    {"attempted-dos", "Attempt to deny a service", 2},
    {"attempted-recon", "Attempt to learn about a system", 2},
    {"bad-unknown", "Traffic that may be bad", 2},
    {"coin-mining", "Mining of crypto currency", 2},
    {"default-login-attempt", "Login attempt with a default account", 2},
    {"denial-of-service", "Denial of a service", 2},
    {"external-ip-check", "Lookup of the own outside address", 2},
    {"misc-attack", "Attack of another kind", 2},
    {"non-standard-protocol", "Protocol or event that is not standard", 2},
    {"pup-activity", "Activity of possibly unwanted software", 2},
    {"rpc-portmap-decode", "Decoded remote procedure call query", 2},
    {"successful-dos", "A service was denied", 2},
    {"successful-recon-largescale", "Information about many systems was learned", 2},
    {"successful-recon-limited", "Information about a system was learned", 2},
    {"suspicious-filename-detect", "Suspicious file name", 2},
    {"suspicious-login", "Login attempt with a suspicious account", 2},
    {"system-call-detect", "System call in data", 2},
    {"unusual-client-port-connection", "Client uses an unusual port", 2},
    {"web-application-activity", "Access to a vulnerable web application", 2},
    {"icmp-event", "ICMP event", 3},
    {"misc-activity", "Activity of another kind", 3},
    {"network-scan", "Scan of a network", 3},
    {"not-suspicious", "Traffic that is not suspicious", 3},
    {"protocol-command-decode", "Decoded command of a protocol", 3},
    {"string-detect", "Suspicious text", 3},
    {"unknown", "Traffic of unknown kind", 3},
    {"tcp-connection", "TCP connection", 4},
};

const struct smini_classification *smini_classification_find(struct smini_span name)
{
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (smini_span_equal(name, smini_span_text(table[i].name)))
            return &table[i];
    return NULL;
}
