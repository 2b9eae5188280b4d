/* SPDX-License-Identifier: BSD-2-Clause */
/* A command that names a URL announces the transfer to the inspector that can read it. */
#include "abi_log.h"

#include <criterion/criterion.h>
#include <string.h>

/* What a download-config command for `url` announces. */
static const char *announced_by(struct abi_log *log, const char *url)
{
    enum { URL_AT = 180, TOTAL = 312 };
    static const uint8_t head[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 0x28, 0, 0, 0, 3};
    uint8_t bytes[TOTAL] = {0};
    memcpy(bytes, head, sizeof(head));
    bytes[31] = 2;
    memcpy(bytes + URL_AT, url, strlen(url));
    abi_log_begin(log, NULL, NULL, 0);
    abi_log_flow(log, 4786, 0);
    (void)abi_log_feed(log, 0, 0, bytes, sizeof(bytes));
    abi_log_finish(log);
    return log->announced;
}

Test(announce, a_url_is_announced_to_the_inspector_of_its_scheme)
{
    static const struct {
        const char *url, *line;
    } cases[] = {
        {"tftp://198.51.100.7/my.conf", "tftp/17 198.51.100.7:0 flags=0 direction=1 my.conf\n"},
        {"http://198.51.100.7/a/my.conf?x=1", "http/6 198.51.100.7:0 flags=0 direction=1 a/my.conf?x=1\n"},
        {"HTTP://198.51.100.7:8080/my.conf", "http/6 198.51.100.7:8080 flags=0 direction=1 my.conf\n"},
        {"rcp://198.51.100.7/my.conf", "rcp/0 198.51.100.7:0 flags=0 direction=1 my.conf\n"},
        {"ftp://user:word@198.51.100.7/my.conf", "ftp/6 198.51.100.7:0 flags=0 direction=1 my.conf\n"},
    };
    static struct abi_log log;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        cr_expect_str_eq(announced_by(&log, cases[i].url), cases[i].line);
}

Test(announce, a_transfer_that_nobody_can_read_is_announced_on_its_port)
{
    static const struct {
        const char *url, *line;
    } cases[] = {
        {"scp://user@198.51.100.7/my.conf", "sealed/6 198.51.100.7:22 flags=0 direction=1 my.conf\n"},
        {"sftp://198.51.100.7/my.conf", "sealed/6 198.51.100.7:22 flags=0 direction=1 my.conf\n"},
        {"https://198.51.100.7/my.conf", "sealed/6 198.51.100.7:443 flags=0 direction=1 my.conf\n"},
        {"https://198.51.100.7:8443/my.conf", "sealed/6 198.51.100.7:8443 flags=0 direction=1 my.conf\n"},
    };
    static struct abi_log log;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        cr_expect_str_eq(announced_by(&log, cases[i].url), cases[i].line);
}

Test(announce, a_url_without_a_host_announces_nothing)
{
    static struct abi_log log;
    cr_expect_str_eq(announced_by(&log, "flash:/config.text"), "");
    cr_expect_str_eq(announced_by(&log, "ftp:"), "");
}
