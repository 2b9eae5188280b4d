/* SPDX-License-Identifier: BSD-2-Clause */
/* smin-mkpcap: a readable conversation to a capture. Options, order of the steps, the file. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "damage.h"
#include "perturb.h"
#include "talk.h"
#include "wrap.h"

enum { LIST_MAX = 64, FILE_BYTES_MAX = 256 << 20 };

struct options {
    struct smini_folders folders;
    const char *perturb[LIST_MAX];
    size_t perturb_count;
    const char *damage[LIST_MAX];
    size_t damage_count;
    uint64_t seed;
    const char *output;
    const char *talk;
    bool count; /* say how many packets there are, and write nothing */
};

static void usage(FILE *to)
{
    fputs("usage: smin-mkpcap [-I DIR]... [--perturb NAME[:ARG]]... [--damage NAME[:ARG...]]... [--seed N]\n"
          "                   [--count] [-o FILE] TALK\n"
          "       smin-mkpcap --list\n"
          "Makes a capture of the conversation in TALK; without -o on standard output.\n",
          to);
}

static void list_everything(void)
{
    puts("perturbations:");
    smini_perturb_list();
    puts("damages:");
    smini_damage_list();
}

static void remember(const char **list, size_t *count, size_t max, const char *value)
{
    if (*count == max)
        smini_store_stop(SMINI_EXIT_USAGE, "too many options");
    list[(*count)++] = value;
}

static void read_seed(struct options *options, const char *text)
{
    char *end = NULL;
    options->seed = strtoull(text, &end, 0);
    if (end == text || *end)
        smini_store_stop(SMINI_EXIT_USAGE, "seed '%s' is not a number", text);
}

static void read_options(int count, char **values, struct options *options)
{
    static const struct option names[] = {
        {"perturb", required_argument, NULL, 'p'}, {"damage", required_argument, NULL, 'd'},
        {"seed", required_argument, NULL, 's'},    {"output", required_argument, NULL, 'o'},
        {"include", required_argument, NULL, 'I'}, {"list", no_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},          {"count", no_argument, NULL, 'c'},
        {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(count, values, "I:o:h", names, NULL)) != -1) {
        switch (option) {
        case 'p':
            remember(options->perturb, &options->perturb_count, LIST_MAX, optarg);
            break;
        case 'd':
            remember(options->damage, &options->damage_count, LIST_MAX, optarg);
            break;
        case 's':
            read_seed(options, optarg);
            break;
        case 'o':
            options->output = optarg;
            break;
        case 'I':
            remember(options->folders.items, &options->folders.count, SMINI_FOLDERS_MAX, optarg);
            break;
        case 'c':
            options->count = true;
            break;
        case 'l':
            list_everything();
            exit(EXIT_SUCCESS);
        case 'h':
            usage(stdout);
            exit(EXIT_SUCCESS);
        default:
            usage(stderr);
            exit(SMINI_EXIT_USAGE);
        }
    }
    if (optind + 1 != count) {
        usage(stderr);
        exit(SMINI_EXIT_USAGE);
    }
    options->talk = values[optind];
}

static void perturb_stage(struct smini_perturb *perturb, const struct options *options, enum smini_perturb_stage stage,
                          struct smini_frames *frames)
{
    for (size_t i = 0; i < options->perturb_count; i++) {
        /* A number per place in the list: one more perturbation does not change what the others do. */
        perturb->random.state = options->seed * 1000003u + i;
        smini_perturb_apply(perturb, options->perturb[i], stage, frames);
    }
}

static void make_frames(struct smini_store *store, const struct options *options, struct smini_capture_format *format,
                        struct smini_frames *frames)
{
    struct smini_packets *packets = smini_packets_new(store);
    struct smini_perturb perturb = {.store = store, .packets = packets, .format = format};
    smini_talk_read(store, options->talk, &options->folders, frames, format);
    perturb_stage(&perturb, options, SMINI_PERTURB_SEGMENTS, frames);
    for (size_t i = 0; i < frames->count; i++)
        smini_packets_render(packets, &frames->items[i]);
    perturb_stage(&perturb, options, SMINI_PERTURB_PACKETS, frames);
    perturb_stage(&perturb, options, SMINI_PERTURB_FILE, frames);
    for (size_t i = 0; i < frames->count; i++)
        smini_wrap_link(store, format, &frames->items[i]);
    smini_packets_free(packets);
}

static void write_out(const char *path, const struct smini_bytebuf *bytes)
{
    FILE *file = path ? fopen(path, "wb") : stdout;
    if (!file)
        smini_store_stop(SMINI_EXIT_INPUT, "%s: %s", path, strerror(errno));
    bool written = bytes->length == 0 || fwrite(bytes->bytes, 1, bytes->length, file) == bytes->length;
    if (fclose(file) != 0 || !written)
        smini_store_stop(SMINI_EXIT_INPUT, "%s: %s", path ? path : "standard output", strerror(errno));
}

int main(int count, char **values)
{
    struct options options = {.seed = 1};
    struct smini_store store;
    struct smini_frames frames;
    struct smini_capture_format format;
    struct smini_bytebuf file;
    read_options(count, values, &options);
    smini_store_init(&store);
    smini_frames_init(&frames, &store);
    smini_capture_format_default(&format);
    make_frames(&store, &options, &format, &frames);
    smini_bytebuf_init(&file, &store.alloc, FILE_BYTES_MAX);
    smini_capture_file_write(&format, &frames, &file);
    struct smini_random random = {options.seed};
    for (size_t i = 0; i < options.damage_count; i++)
        smini_damage_apply(options.damage[i], &format, &random, &file);
    if (options.count)
        printf("%zu\n", frames.count);
    else
        write_out(options.output, &file);
    smini_bytebuf_free(&file);
    smini_store_free(&store);
    return EXIT_SUCCESS;
}
