/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-series ROUNDS CAPTURE EMPTY PACKETS NAME COMMAND [NAME COMMAND]...
 *
 * Runs every command in turn, ROUNDS times (A B C A B C ...): once on EMPTY, a
 * capture of a few packets, which is what starting costs, and once on CAPTURE.
 * A command finds its capture in $CAPTURE. Prints one line per command:
 *
 *   NAME CPU_NS START_NS PER_PACKET_NS RATIO LOWEST HIGHEST PEAK_KB START_PEAK_KB
 *
 * CPU is user and system time from wait4, the start taken off; medians. RATIO
 * is the first command's CPU over this one's: the median, lowest and highest of
 * the rounds' own ratios.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS_MAX = 101, CONTENDERS_MAX = 12 };

struct contender {
    const char *name;
    const char *command;
    double cpu[ROUNDS_MAX];   /* nanoseconds, start included */
    double start[ROUNDS_MAX];
    double ratio[ROUNDS_MAX];
    long peak_kb;
    long start_peak_kb;
};

static double nanoseconds(const struct timeval *time)
{
    return (double)time->tv_sec * 1e9 + (double)time->tv_usec * 1e3;
}

/* Puts the file into the page cache: whoever runs after a long run would pay for it otherwise. */
static int warm(const char *path)
{
    static char buffer[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    while (fread(buffer, 1, sizeof buffer, file) == sizeof buffer)
        continue;
    int failed = ferror(file);
    fclose(file);
    return failed ? -1 : 0;
}

/* CPU of one run in nanoseconds; negative when it failed. */
static double run(const struct contender *contender, const char *capture, long *peak_kb)
{
    struct rusage usage;
    int status;
    if (warm(capture) != 0 || setenv("CAPTURE", capture, 1) != 0) {
        perror(capture);
        return -1;
    }
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", contender->command, (char *)NULL);
        _exit(127);
    }
    while (child > 0 && wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR)
            return -1;
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench-series: %s failed on %s: %s\n", contender->name, capture, contender->command);
        return -1;
    }
    *peak_kb = usage.ru_maxrss;
    return nanoseconds(&usage.ru_utime) + nanoseconds(&usage.ru_stime);
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(const double *values, int count)
{
    double sorted[ROUNDS_MAX];
    memcpy(sorted, values, (size_t)count * sizeof *values);
    qsort(sorted, (size_t)count, sizeof *sorted, ascending);
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

static int run_rounds(struct contender *contenders, int count, int rounds, const char *capture, const char *empty)
{
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++) {
            struct contender *contender = &contenders[i];
            long peak = 0;
            contender->start[round] = run(contender, empty, &contender->start_peak_kb);
            contender->cpu[round] = run(contender, capture, &peak);
            if (contender->start[round] < 0 || contender->cpu[round] < 0)
                return -1;
            contender->peak_kb = peak > contender->peak_kb ? peak : contender->peak_kb;
        }
    return 0;
}

static void report(struct contender *contenders, int count, int rounds, double packets)
{
    double first_start = median(contenders[0].start, rounds);
    for (int i = 0; i < count; i++) {
        struct contender *contender = &contenders[i];
        double start = median(contender->start, rounds);
        double cpu = median(contender->cpu, rounds) - start;
        double lowest = 0;
        double highest = 0;
        for (int round = 0; round < rounds; round++) {
            double own = contender->cpu[round] - start;
            contender->ratio[round] = own > 0 ? (contenders[0].cpu[round] - first_start) / own : 0;
            lowest = round == 0 || contender->ratio[round] < lowest ? contender->ratio[round] : lowest;
            highest = contender->ratio[round] > highest ? contender->ratio[round] : highest;
        }
        printf("%s %.0f %.0f %.1f %.4f %.4f %.4f %ld %ld\n", contender->name, cpu, start, cpu / packets,
               median(contender->ratio, rounds), lowest, highest, contender->peak_kb, contender->start_peak_kb);
    }
}

int main(int argc, char **argv)
{
    static struct contender contenders[CONTENDERS_MAX];
    int rounds = argc > 1 ? atoi(argv[1]) : 0;
    int count = (argc - 5) / 2;
    if (argc < 7 || argc % 2 == 0 || count > CONTENDERS_MAX || rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: bench-series ROUNDS CAPTURE EMPTY PACKETS NAME COMMAND [NAME COMMAND]...\n", stderr);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        contenders[i].name = argv[5 + 2 * i];
        contenders[i].command = argv[6 + 2 * i];
    }
    if (run_rounds(contenders, count, rounds, argv[2], argv[3]) != 0)
        return 1;
    report(contenders, count, rounds, strtod(argv[4], NULL));
    return 0;
}
