/* SPDX-License-Identifier: BSD-2-Clause */
/* What a check is. */
#ifndef VALIDATE_CHECK_H
#define VALIDATE_CHECK_H

#include "drive.h"

/* Behind a struct of ours: farther than a later version that the plugin may know will reach. */
enum { TAIL_WORDS = 128 };

/* What the checks of one plugin share. */
struct subject {
    const char *path;
    const struct samples *samples;
    const struct smin_inspector *inspector; /* NULL for checks of the file */
};

/*
 * A true statement about a good plugin, and the function that finds why not:
 * it writes a reason of at most FAULT_BYTES, or leaves it "". It runs in a
 * child of its own.
 */
struct check {
    const char *statement;
    void (*run)(const struct subject *subject, char *why);
};

extern const struct check file_checks[];
extern const size_t file_check_count;
extern const struct check inspector_checks[];
extern const size_t inspector_check_count;

void say_why(char *why, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copies what the host side noticed, unless there is a reason already. Ends the bench and looks at the balance. */
void finish_bench(struct bench *bench, char *why);

/* A started bench, or false with a reason. */
bool begin_bench(struct bench *bench, const struct subject *subject, char *why);

/* check_file.c */
void check_one_symbol(const struct subject *subject, char *why);
void check_accepted(const struct subject *subject, char *why);
void check_entry_same(const struct subject *subject, char *why);
/* check_setup.c */
void check_balance(const struct subject *subject, char *why);
void check_free_null(const struct subject *subject, char *why);
void check_unknown_setting(const struct subject *subject, char *why);
void check_host_versions(const struct subject *subject, char *why);
void check_host_sizes(const struct subject *subject, char *why);
void check_config_sizes(const struct subject *subject, char *why);
void check_two_instances(const struct subject *subject, char *why);
void check_tables_constant(const struct subject *subject, char *why);
/* check_misuse.c */
void check_flow_info_sizes(const struct subject *subject, char *why);
void check_input_misuse(const struct subject *subject, char *why);
void check_after_end(const struct subject *subject, char *why);
void check_reentry(const struct subject *subject, char *why);
/* check_stream.c */
void check_outputs(const struct subject *subject, char *why);
void check_byte_by_byte(const struct subject *subject, char *why);
void check_every_split(const struct subject *subject, char *why);
void check_gaps(const struct subject *subject, char *why);
void check_probe(const struct subject *subject, char *why);
void check_datagram(const struct subject *subject, char *why);
void check_flows_apart(const struct subject *subject, char *why);
void check_threads(const struct subject *subject, char *why);
/* check_alloc.c */
void check_alloc_once(const struct subject *subject, char *why);
void check_alloc_from(const struct subject *subject, char *why);
/* check_extension.c */
void check_extension_unknown(const struct subject *subject, char *why);
void check_extension_tables(const struct subject *subject, char *why);
void check_frame(const struct subject *subject, char *why);
void check_message(const struct subject *subject, char *why);
void check_rules(const struct subject *subject, char *why);
void check_stats(const struct subject *subject, char *why);
/* check_packet.c */
void check_packet(const struct subject *subject, char *why);
/* check_file_rules.c */
void check_file_rules(const struct subject *subject, char *why);
/* check_expect.c */
void check_expected(const struct subject *subject, char *why);
/* check_detect.c */
void check_detect(const struct subject *subject, char *why);

#endif
