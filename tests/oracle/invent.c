/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: invent SEED FAMILIES RULES FIRST-SID FOLDER
 * Writes FOLDER/rules and the conversations FOLDER/one.txt (a message per direction), FOLDER/many.txt (several, each a
 * packet of its own) and FOLDER/glued.txt (the same in packets that hold several), which smin-mkpcap reads.
 */
#include "invent.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

uint64_t invent_random(void)
{
    uint64_t mixed = state += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

unsigned invent_below(unsigned limit)
{
    return (unsigned)(invent_random() % limit);
}

bool invent_once_in(unsigned of)
{
    return invent_below(of) == 0;
}

long invent_near(long number)
{
    static const int differences[] = {0, 0, 0, 0, 0, 0, 1, -1, 2, -3, 7};
    return number + differences[invent_below(sizeof(differences) / sizeof(differences[0]))];
}

void invent_add(struct invent_rule *rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(rule->text + rule->length, sizeof(rule->text) - rule->length, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof(rule->text) - rule->length) {
        fputs("invent: a rule is too long\n", stderr);
        exit(4);
    }
    rule->length += (size_t)length;
}

static const struct {
    const char *name;
    unsigned bit;
} families[] = {
    {"content", INVENT_CONTENT},
    {"negated", INVENT_NEGATED},
    {"pcre", INVENT_PCRE},
    {"byte_test", INVENT_BYTE_TEST},
    {"isdataat", INVENT_ISDATAAT},
    {"byte_jump", INVENT_BYTE_JUMP},
    {"byte_extract", INVENT_BYTE_EXTRACT},
    {"byte_math", INVENT_BYTE_MATH},
    {"dsize", INVENT_DSIZE},
};

static unsigned families_of(char *text)
{
    unsigned bits = 0;
    for (char *name = strtok(text, ","); name; name = strtok(NULL, ",")) {
        unsigned bit = 0;
        for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
            if (strcmp(families[i].name, name) == 0)
                bit = families[i].bit;
        if (!bit) {
            fprintf(stderr, "invent: no family %s\n", name);
            exit(2);
        }
        bits |= bit;
    }
    return bits;
}

static FILE *begin(const char *folder, const char *name)
{
    char path[2048];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(3);
    }
    return file;
}

static void end(FILE *file)
{
    if (fclose(file) != 0) {
        perror("invent");
        exit(3);
    }
}

static void write_talks(const struct invent_talk *talks, const char *folder, const char *name, bool glued)
{
    FILE *file = begin(folder, name);
    fputs("set start=2026-01-02T03:04:05Z\n", file);
    for (int i = 0; i < INVENT_TALKS; i++)
        invent_talk_write(&talks[i], i, glued, file);
    end(file);
}

int main(int argc, char **argv)
{
    static struct invent_talk one[INVENT_TALKS];
    static struct invent_talk many[INVENT_TALKS];
    if (argc != 6) {
        fputs("usage: invent SEED FAMILIES RULES FIRST-SID FOLDER\n", stderr);
        return 2;
    }
    state = strtoull(argv[1], NULL, 10);
    unsigned wanted = families_of(argv[2]);
    unsigned rules = (unsigned)strtoul(argv[3], NULL, 10);
    unsigned first = (unsigned)strtoul(argv[4], NULL, 10);
    for (int i = 0; i < INVENT_TALKS; i++) {
        invent_talk_make(&one[i], 1);
        invent_talk_make(&many[i], 2 + (int)invent_below(2));
    }
    write_talks(one, argv[5], "one.txt", false);
    write_talks(many, argv[5], "many.txt", false);
    write_talks(many, argv[5], "glued.txt", true);
    FILE *file = begin(argv[5], "rules");
    for (unsigned i = 0; i < rules; i++) {
        static struct invent_rule rule;
        memset(&rule, 0, sizeof(rule));
        invent_rule_make(&rule, i % 2 ? one : many, wanted, first + i);
        fprintf(file, "%s\n", rule.text);
    }
    end(file);
    return 0;
}
