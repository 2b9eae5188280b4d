/* SPDX-License-Identifier: BSD-2-Clause */
/* The reader of object files, on the dummy plugin, whole and damaged. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/elf_symbols.h"
#include "host/load.h"
#include "smin/host.h"

static uint8_t *plugin;
static size_t plugin_bytes;
static char scratch[64];

static const char *dummy_path(void)
{
    static char path[1024];
    const char *build = getenv("SMIN_BUILDDIR");
    (void)snprintf(path, sizeof(path), "%s/tests/abi/.libs/dummy.so", build ? build : ".");
    return path;
}

static void set_up(void)
{
    FILE *file = fopen(dummy_path(), "rb");
    cr_assert_not_null(file);
    plugin = malloc(1 << 22);
    plugin_bytes = fread(plugin, 1, 1 << 22, file);
    (void)fclose(file);
    (void)snprintf(scratch, sizeof(scratch), "test_elf_%ld.so", (long)getpid());
}

static void tear_down(void)
{
    (void)unlink(scratch);
    free(plugin);
}

TestSuite(elf, .init = set_up, .fini = tear_down, .timeout = 300);

static void write_scratch(size_t bytes)
{
    FILE *file = fopen(scratch, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(plugin, 1, bytes, file), bytes);
    (void)fclose(file);
}

static int32_t examine(size_t *slots)
{
    char reason[SMIN_HOST_REASON_BYTES] = "";
    int32_t status = smini_load_examine(scratch, slots, reason);
    cr_expect_eq(status == SMIN_OK, reason[0] == '\0', "%s", reason);
    return status;
}

Test(elf, the_entry_is_found_with_its_size)
{
    size_t slots;
    write_scratch(plugin_bytes);
    cr_expect_eq(examine(&slots), SMIN_OK);
    cr_expect_eq(slots, 2);
}

Test(elf, the_dummy_offers_exactly_one_symbol)
{
    struct smini_elf elf;
    struct smini_elf_symbols symbols;
    struct smini_elf_symbol symbol;
    unsigned offered = 0;
    cr_assert_eq(smini_elf_open(&elf, dummy_path()), SMIN_OK);
    cr_assert_eq(smini_elf_symbols_find(&elf, &symbols), SMIN_OK);
    for (uint32_t i = 0; smini_elf_symbols_get(&elf, &symbols, i, &symbol); i++)
        if (symbol.offered) {
            offered++;
            cr_expect_str_eq(symbol.name, SMIN_PLUGIN_ENTRY_NAME);
            cr_expect(symbol.data);
        }
    cr_expect_eq(offered, 1);
    smini_elf_close(&elf);
}

Test(elf, every_truncation_of_the_loaded_part_is_refused)
{
    /* The section headers and debug sections behind it are not looked at. */
    size_t slots;
    for (size_t bytes = 0; bytes < 1024; bytes++) {
        write_scratch(bytes);
        cr_expect_eq(examine(&slots), SMIN_E_REFUSED, "cut at %zu", bytes);
    }
}

Test(elf, no_changed_byte_of_the_headers_or_tables_crashes)
{
    static const uint8_t values[] = {0x00, 0x7f, 0x80, 0xff};
    size_t limit = plugin_bytes < 2048 ? plugin_bytes : 2048;
    unsigned refused = 0;
    for (size_t at = 0; at < limit; at++) {
        uint8_t right = plugin[at];
        for (size_t v = 0; v < sizeof(values); v++) {
            size_t slots;
            plugin[at] = values[v];
            write_scratch(plugin_bytes < 32768 ? plugin_bytes : 32768);
            refused += examine(&slots) != SMIN_OK;
        }
        plugin[at] = right;
    }
    cr_expect_gt(refused, 100);
}

Test(elf, a_program_is_not_a_plugin)
{
    size_t slots;
    plugin[16] = 2; /* e_type: ET_EXEC, in either byte order one of the two bytes */
    plugin[17] = 0;
    write_scratch(plugin_bytes);
    cr_expect_eq(examine(&slots), SMIN_E_REFUSED);
}
