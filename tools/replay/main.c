/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * smin-replay. The one file that knows the built-in inspectors and rules: it
 * hands them in as values, and everything after that goes through the ABI.
 */
#include "config.h"
#include "plugins/ftp/ftp.h"
#include "plugins/http/http.h"
#include "plugins/sealed/sealed.h"
#include "plugins/tftp/tftp.h"
#include "rules/builtin_rules.h"
#include "smin/inspector.h"
#include "tool.h"

int main(int argc, char **argv)
{
    const struct smin_inspector *const inspectors[] = {
        smin_inspector_builtin(),
        &smini_tftp_inspector,
        &smini_ftp_inspector,
        &smini_sealed_inspector,
#ifdef HAVE_LIBHTP
        &smini_http_inspector,
#endif
        NULL,
    };
    struct smini_tool_builtin builtin = {.inspectors = inspectors};
    builtin.rules.name = "smin.rules";
    builtin.rules.text = smini_builtin_rules;
    builtin.rules.length = smini_builtin_rules_size;
    return smini_tool_main(argc, argv, &builtin);
}
