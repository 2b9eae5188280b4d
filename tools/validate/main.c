/* SPDX-License-Identifier: BSD-2-Clause */
/* smin-validate: does a plugin keep the contract of smin/abi.h? */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "child.h"
#include "options.h"
#include "smin/host.h"

enum { EXIT_KEPT = 0, EXIT_BROKEN = 1, EXIT_CANNOT = 2 };

struct report {
    const struct options *options;
    unsigned number;
    unsigned failed;
    unsigned late;
};

/* A plugin that hangs twice will hang again: the rest of its checks is left out, and that is said. */
enum { LATE_MOST = 2 };

/* One check for a child. `index` counts inspectors; files have none. */
struct task {
    const struct check *check;
    const struct options *options;
    const struct samples *samples;
    int index; /* -1: the file */
};

static void tell(struct report *report, const char *who, const char *statement, const char *why)
{
    bool failed = why[0] != '\0';
    report->number++;
    report->failed += failed;
    if (report->options->tap) {
        (void)printf("%sok %u - %s: %s\n", failed ? "not " : "", report->number, who, statement);
        if (failed)
            (void)printf("# %s\n", why);
    } else if (failed)
        (void)printf("FAIL  %s: %s\n      %s\n", who, statement, why);
    else if (!report->options->quiet)
        (void)printf("ok    %s: %s\n", who, statement);
    (void)fflush(stdout);
}

static struct smin_registry *load(const char *path, char *reason)
{
    struct smin_registry *registry;
    if (smin_host_registry_new(&registry) != SMIN_OK)
        return NULL;
    if (smin_host_registry_load(registry, path, reason) != SMIN_OK)
        smin_host_registry_free(&registry);
    return registry;
}

static void run_task(void *argument, char *report)
{
    const struct task *task = argument;
    struct subject subject = {.path = task->options->plugin, .samples = task->samples};
    struct smin_registry *registry = NULL;
    if (task->index >= 0) {
        char reason[SMIN_HOST_REASON_BYTES] = "";
        registry = load(subject.path, reason);
        subject.inspector = smin_host_registry_get(registry, (uint32_t)task->index);
        if (!subject.inspector) {
            (void)snprintf(report, REPORT_BYTES, "it can no longer be loaded: %s", reason);
            return;
        }
    }
    task->check->run(&subject, report);
    smin_host_registry_free(&registry);
}

/* The ids of the inspectors, one per line. */
static void list_ids(void *argument, char *report)
{
    const struct options *options = argument;
    struct smin_registry *registry = load(options->plugin, NULL);
    size_t used = 0;
    for (uint32_t i = 0; i < smin_host_registry_count(registry); i++)
        used += (size_t)snprintf(report + used, REPORT_BYTES - used, "%s\n", smin_host_registry_get(registry, i)->id);
    smin_host_registry_free(&registry);
}

static void run_check(struct report *report, struct task *task, const char *who)
{
    static char why[REPORT_BYTES];
    char fault[FAULT_BYTES];
    if (child_run(run_task, task, task->options->seconds, why, fault) != 0)
        (void)snprintf(fault, sizeof(fault), "no child process could be made");
    if (strstr(fault, CHILD_LATE))
        report->late++;
    tell(report, who, task->check->statement, why[0] != '\0' ? why : fault);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void run_all(struct report *report, const struct samples *samples)
{
    const struct options *options = report->options;
    static char ids[REPORT_BYTES];
    char fault[FAULT_BYTES];
    struct task task = {.options = options, .samples = samples, .index = -1};
    for (size_t i = 0; i < file_check_count; i++) {
        task.check = &file_checks[i];
        run_check(report, &task, base_name(options->plugin));
    }
    /* Nothing else can be asked of a file that is not accepted. */
    if (child_run(list_ids, (void *)(uintptr_t)options, options->seconds, ids, fault) != 0)
        return;
    char *next;
    for (char *id = ids; (next = strchr(id, '\n')) != NULL; id = next + 1) {
        *next = '\0';
        task.index++;
        report->late = 0;
        for (size_t i = 0; i < inspector_check_count && report->late < LATE_MOST; i++) {
            task.check = &inspector_checks[i];
            run_check(report, &task, id);
        }
        if (report->late == LATE_MOST)
            tell(report, id, "all checks were run", "the rest was left out after two that did not come to an end");
    }
}

int main(int argc, char **argv)
{
    static struct samples samples;
    struct options options;
    int what = options_read(argc, argv, &options, &samples);
    if (what == OPTIONS_RUN && access(options.plugin, R_OK) != 0) {
        perror(options.plugin);
        what = OPTIONS_WRONG;
    }
    int status = what == OPTIONS_WRONG ? EXIT_CANNOT : EXIT_KEPT;
    if (what == OPTIONS_RUN) {
        struct report report = {.options = &options};
        run_all(&report, &samples);
        if (options.tap)
            (void)printf("1..%u\n", report.number);
        else
            (void)printf("%u of %u checks passed\n", report.number - report.failed, report.number);
        status = report.failed > 0 ? EXIT_BROKEN : EXIT_KEPT;
    }
    samples_free(&samples);
    return fflush(stdout) == 0 ? status : EXIT_CANNOT;
}
