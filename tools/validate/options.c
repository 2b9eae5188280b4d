/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "smin/abi.h"
#include "smin/version.h"

static const char usage[] =
    "Usage: smin-validate [options] PLUGIN.so\n"
    "Checks a plugin against the contract of smin/abi.h. Every check runs in a child process.\n"
    "\n"
    "  -i, --input FILE      a stream to feed (repeatable): \"*.hex\" is hexadecimal text, else bytes\n"
    "  -r, --rules FILE      a rule text for every instance\n"
    "  -t, --timeout SECONDS for each check (default 60)\n"
    "      --tap             print TAP instead of lines for people\n"
    "  -q, --quiet           print failed checks only\n"
    "  -V, --version         print the version and the ABI it checks\n"
    "  -h, --help            print this\n"
    "\n"
    "Exit status: 0 the contract is kept; 1 it is not; 2 usage, or a file cannot be read.\n";

static const struct option long_options[] = {
    {"input", required_argument, NULL, 'i'}, {"rules", required_argument, NULL, 'r'},
    {"timeout", required_argument, NULL, 't'}, {"tap", no_argument, NULL, 'T'},
    {"quiet", no_argument, NULL, 'q'},       {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},        {NULL, 0, NULL, 0},
};

static int read_seconds(const char *text, unsigned *seconds)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < 1 || value > 86400) {
        (void)fprintf(stderr, "smin-validate: --timeout takes 1 to 86400 seconds, not \"%s\"\n", text);
        return -1;
    }
    *seconds = (unsigned)value;
    return 0;
}

static int take_option(int letter, struct options *options, struct samples *samples)
{
    switch (letter) {
    case 'i':
        return samples_add_file(samples, optarg) == 0 ? OPTIONS_RUN : OPTIONS_WRONG;
    case 'r':
        return samples_read_rules(samples, optarg) == 0 ? OPTIONS_RUN : OPTIONS_WRONG;
    case 't':
        return read_seconds(optarg, &options->seconds) == 0 ? OPTIONS_RUN : OPTIONS_WRONG;
    case 'T':
        options->tap = true;
        return OPTIONS_RUN;
    case 'q':
        options->quiet = true;
        return OPTIONS_RUN;
    case 'V':
        (void)printf("smin-validate %s, ABI %d.%d\n", SMIN_VERSION, SMIN_ABI_MAJOR, SMIN_ABI_MINOR);
        return OPTIONS_DONE;
    case 'h':
        (void)fputs(usage, stdout);
        return OPTIONS_DONE;
    default:
        (void)fputs("Try 'smin-validate --help'.\n", stderr);
        return OPTIONS_WRONG;
    }
}

int options_read(int argc, char **argv, struct options *options, struct samples *samples)
{
    int letter;
    *options = (struct options){.seconds = 60};
    if (samples_add_generic(samples) != 0)
        return OPTIONS_WRONG;
    while ((letter = getopt_long(argc, argv, "i:r:t:qVh", long_options, NULL)) != -1) {
        int what = take_option(letter, options, samples);
        if (what != OPTIONS_RUN)
            return what;
    }
    if (argc - optind != 1) {
        (void)fputs("smin-validate: give exactly one plugin\nTry 'smin-validate --help'.\n", stderr);
        return OPTIONS_WRONG;
    }
    options->plugin = argv[optind];
    return OPTIONS_RUN;
}
