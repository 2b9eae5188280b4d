/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a fuzz target as an ordinary test, where no fuzzing engine is linked:
 * every seed, every beginning of every seed, and a fixed number of seeded
 * mutations. The same build gives the same inputs, always.
 *
 *   fuzz_x               seeds from the source tree, then mutations
 *   fuzz_x FILE...       only these files, as they are: to look at a crash
 *
 * SMIN_FUZZ_ROUNDS sets the number of mutations.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>

enum { INPUT_ROOM = 16384, SEEDS_MOST = 256, ROUNDS = 4000, ROUNDS_MOST = 100000000 };

struct seed {
    size_t length;
    uint8_t *bytes;
};

static struct seed seeds[SEEDS_MOST];
static size_t seed_count;
static uint64_t state = 88172645463325252u;

static uint32_t draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return below ? (uint32_t)(state >> 32) % below : 0;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t want = strlen(ending);
    return length >= want && strcmp(name + length - want, ending) == 0;
}

static size_t from_hex(const char *text, size_t length, uint8_t *out)
{
    size_t made = 0;
    bool comment = false;
    int high = -1;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        comment = c == '\n' ? false : comment || c == '#';
        const char *digit = comment || c == 0 ? NULL : strchr("0123456789abcdef", c);
        if (!digit)
            continue;
        int value = (int)(digit - "0123456789abcdef");
        if (high >= 0)
            out[made++] = (uint8_t)(high << 4 | value);
        high = high >= 0 ? -1 : value;
    }
    return made;
}

/* Files that end in .hex are read as hexadecimal text, all others as they are. */
static void add_seed(const char *path)
{
    static char text[INPUT_ROOM * 3];
    FILE *in = fopen(path, "rb");
    if (!in || seed_count == SEEDS_MOST) {
        perror(path);
        exit(1);
    }
    size_t length = fread(text, 1, sizeof(text), in);
    fclose(in);
    struct seed *seed = &seeds[seed_count++];
    seed->bytes = malloc(length + 1);
    if (!seed->bytes)
        abort();
    if (ends_with(path, ".hex"))
        seed->length = from_hex(text, length, seed->bytes);
    else
        memcpy(seed->bytes, text, seed->length = length);
    if (seed->length > INPUT_ROOM)
        seed->length = INPUT_ROOM;
}

static void add_folder(const char *source, const char *folder)
{
    char path[2048];
    struct dirent **entries = NULL;
    if (snprintf(path, sizeof(path), "%s/%s", source, folder) >= (int)sizeof(path))
        exit(1);
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.' && !ends_with(entries[i]->d_name, ".md") &&
            snprintf(path, sizeof(path), "%s/%s/%s", source, folder, entries[i]->d_name) < (int)sizeof(path))
            add_seed(path);
        free(entries[i]);
    }
    free(entries);
}

/* In a block of its own size, so that the sanitizer build sees the first byte read past its end. */
static void run_one(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = malloc(length ? length : 1);
    if (!copy)
        abort();
    if (length > 0)
        memcpy(copy, bytes, length);
    (void)LLVMFuzzerTestOneInput(copy, length);
    free(copy);
}

static size_t splice(uint8_t *input, size_t length)
{
    const struct seed *other = &seeds[draw((uint32_t)seed_count)];
    size_t from = draw((uint32_t)other->length + 1);
    size_t take = draw((uint32_t)(other->length - from) + 1);
    size_t at = draw((uint32_t)length + 1);
    if (at + take > INPUT_ROOM)
        take = INPUT_ROOM - at;
    if (take > 0)
        memcpy(input + at, other->bytes + from, take);
    return at + take > length ? at + take : length;
}

static size_t mutate(uint8_t *input, size_t length)
{
    static const uint32_t words[] = {0, 1, 2, 3, 4, 7, 8, 28, 29, 0x7f, 0x80, 0xff, 0x100, 0x3f4, 0x408, 0xffff,
                                     0x10000, 0x10001, 0x7fffffff, 0xffffffff};
    uint32_t at = draw((uint32_t)length + 1);
    switch (draw(7)) {
    case 0: /* a bit */
        if (at < length)
            input[at] ^= (uint8_t)(1 << draw(8));
        return length;
    case 1: /* a byte */
        if (at < length)
            input[at] = (uint8_t)draw(256);
        return length;
    case 2: { /* a word of a number that matters */
        uint32_t word = words[draw(sizeof(words) / sizeof(words[0]))];
        for (uint32_t i = 0; i < 4 && at + i < length; i++)
            input[at + i] = (uint8_t)(word >> (24 - 8 * i));
        return length;
    }
    case 3: /* an end */
        return at;
    case 4: { /* a piece taken out */
        size_t gone = draw((uint32_t)(length - at) + 1);
        memmove(input + at, input + at + gone, length - at - gone);
        return length - gone;
    }
    case 5: /* a piece twice */
        if (length > at && length - at <= INPUT_ROOM - length) {
            memcpy(input + length, input + at, length - at);
            return length + (length - at);
        }
        return length;
    default:
        return splice(input, length);
    }
}

static unsigned long rounds_wanted(void)
{
    const char *text = getenv("SMIN_FUZZ_ROUNDS");
    unsigned long rounds = text ? strtoul(text, NULL, 10) : ROUNDS;
    return rounds > ROUNDS_MOST ? ROUNDS_MOST : rounds;
}

static void run_mutations(void)
{
    static uint8_t input[INPUT_ROOM];
    unsigned long rounds = rounds_wanted();
    for (unsigned long i = 0; i < rounds && seed_count > 0; i++) {
        const struct seed *seed = &seeds[draw((uint32_t)seed_count)];
        size_t length = seed->length;
        memcpy(input, seed->bytes, length);
        for (uint32_t steps = 1 + draw(4); steps > 0; steps--)
            length = mutate(input, length);
        run_one(input, length);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 1; i < argc; i++) {
            seed_count = 0;
            add_seed(argv[i]);
            run_one(seeds[0].bytes, seeds[0].length);
            free(seeds[0].bytes);
        }
        return 0;
    }
    const char *source = getenv("SMIN_SRCDIR");
    const char *name = strrchr(argv[0], '/');
    name = name ? name + 1 : argv[0];
    char folder[256];
    if (snprintf(folder, sizeof(folder), "tests/fuzz/seeds/%s", name) >= (int)sizeof(folder))
        return 1;
    add_folder(source ? source : ".", folder);
    if (fuzz_seed_folder)
        add_folder(source ? source : ".", fuzz_seed_folder);
    printf("1..1\n");
    for (size_t i = 0; i < seed_count; i++)
        for (size_t length = 0; length <= seeds[i].length; length += length + 64 < seeds[i].length ? 7 : 1)
            run_one(seeds[i].bytes, length);
    run_mutations();
    printf("%s 1 - %s: %zu seeds\n", seed_count > 0 ? "ok" : "not ok", name, seed_count);
    for (size_t i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
    return seed_count > 0 ? 0 : 1;
}
