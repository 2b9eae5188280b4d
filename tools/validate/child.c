/* SPDX-License-Identifier: BSD-2-Clause */
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a child may write to files, caught output included; nobody reads more. */
enum { OUTPUT_BYTES_MOST = 1 << 20 };

/* Address space of a child. Enough for any decoder; stops an endless allocation. Not with the address sanitizer, whose shadow is larger. */
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_BYTES_MOST RLIM_INFINITY
#else
#define ADDRESS_BYTES_MOST ((rlim_t)2 << 30)
#endif

static void limit(int resource, rlim_t value)
{
    const struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    (void)setrlimit(resource, &limits);
}

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

/* Handlers of ours (a sanitizer's, for one) would hide which signal the plugin died of. */
static void default_signals(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE};
    for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
        (void)signal(deadly[i], SIG_DFL);
}

static _Noreturn void be_child(child_fn function, void *argument, unsigned seconds, int report_fd, int output_fd)
{
    static char report[REPORT_BYTES];
    (void)setpgid(0, 0);
    default_signals();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, seconds);
    limit(RLIMIT_FSIZE, OUTPUT_BYTES_MOST);
    limit(RLIMIT_AS, ADDRESS_BYTES_MOST);
    (void)dup2(output_fd, STDOUT_FILENO);
    (void)dup2(output_fd, STDERR_FILENO);
    function(argument, report);
    /* What stdio of the plugin's libraries still holds would be lost by _exit. */
    (void)fflush(NULL);
    report[REPORT_BYTES - 1] = '\0';
    write_all(report_fd, report, strlen(report) + 1);
    _exit(0);
}

static long long now_ms(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads until the child's NUL, its end, or the deadline. True when the NUL came. */
static bool read_report(int fd, long long deadline, char *report)
{
    size_t length = 0;
    while (length < REPORT_BYTES) {
        long long left = deadline - now_ms();
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (left <= 0)
            return false;
        int ready = poll(&wait, 1, (int)left);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        ssize_t got = read(fd, report + length, REPORT_BYTES - length);
        if (got <= 0)
            return false;
        length += (size_t)got;
        if (report[length - 1] == '\0')
            return true;
    }
    return false;
}

static void describe_end(int status, bool reported, bool late, char *fault)
{
    if (late)
        (void)snprintf(fault, FAULT_BYTES, "%s", CHILD_LATE);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        (void)snprintf(fault, FAULT_BYTES, "%s", CHILD_LATE);
    else if (WIFSIGNALED(status))
        (void)snprintf(fault, FAULT_BYTES, "it was ended by signal %d (%s)", WTERMSIG(status),
                       strsignal(WTERMSIG(status)));
    else if (!reported)
        (void)snprintf(fault, FAULT_BYTES, "it ended the process with exit status %d", WEXITSTATUS(status));
}

/* Something on stdout or stderr is a fault of its own; after a crash it is a hint. */
static void describe_output(FILE *output, char *fault)
{
    char text[128];
    rewind(output);
    size_t length = fread(text, 1, sizeof(text) - 1, output);
    if (length == 0)
        return;
    text[length] = '\0';
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            text[i] = ' ';
    size_t used = strlen(fault);
    (void)snprintf(fault + used, FAULT_BYTES - used, "%sit wrote to stdout or stderr: \"%s\"", used ? "; " : "", text);
}

static void watch_child(pid_t pid, int report_fd, FILE *output, unsigned seconds, char *report, char *fault)
{
    int status = 0;
    long long deadline = now_ms() + (long long)seconds * 1000;
    bool reported = read_report(report_fd, deadline, report);
    bool late = !reported && now_ms() >= deadline;
    if (late)
        (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    /* What the plugin may have forked shares its group. */
    (void)kill(-pid, SIGKILL);
    describe_end(status, reported, late, fault);
    describe_output(output, fault);
}

int child_run(child_fn function, void *argument, unsigned seconds, char *report, char fault[FAULT_BYTES])
{
    int ends[2];
    memset(report, 0, REPORT_BYTES);
    fault[0] = '\0';
    FILE *output = tmpfile();
    if (!output || pipe(ends) != 0) {
        if (output)
            (void)fclose(output);
        return -1;
    }
    (void)fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        be_child(function, argument, seconds, ends[1], fileno(output));
    }
    (void)close(ends[1]);
    if (pid > 0)
        watch_child(pid, ends[0], output, seconds, report, fault);
    (void)close(ends[0]);
    (void)fclose(output);
    report[REPORT_BYTES - 1] = '\0';
    return pid > 0 ? 0 : -1;
}
