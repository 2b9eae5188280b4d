/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading, on the dummy plugin that tests/abi builds. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smin/host.h"

static char folder[64];
static struct smin_registry *registry;

static void set_up(void)
{
    (void)snprintf(folder, sizeof(folder), "test_load_XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(smin_host_registry_new(&registry), SMIN_OK);
}

static void tear_down(void)
{
    char command[128];
    smin_host_registry_free(&registry);
    (void)snprintf(command, sizeof(command), "rm -rf %s", folder);
    cr_expect_eq(system(command), 0);
}

TestSuite(load, .init = set_up, .fini = tear_down);

static const char *dummy_path(void)
{
    static char path[1024];
    const char *build = getenv("SMIN_BUILDDIR");
    (void)snprintf(path, sizeof(path), "%s/tests/abi/.libs/dummy.so", build ? build : ".");
    return path;
}

/* A file of this name with these bytes in the test's folder. */
static const char *file_with(const char *name, const char *bytes)
{
    static char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    (void)fputs(bytes, file);
    (void)fclose(file);
    return path;
}

static void expect_refused(const char *path, int32_t status, const char *text)
{
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_eq(smin_host_registry_load(registry, path, reason), status, "%s: %s", path, reason);
    cr_expect_not_null(strstr(reason, text), "\"%s\" does not say \"%s\"", reason, text);
    cr_expect_eq(smin_host_registry_count(registry), 0);
}

Test(load, a_plugin_is_added_with_its_absolute_path)
{
    char reason[SMIN_HOST_REASON_BYTES] = "left over";
    cr_assert_eq(smin_host_registry_load(registry, dummy_path(), reason), SMIN_OK, "%s", reason);
    cr_expect_str_eq(reason, "");
    cr_assert_eq(smin_host_registry_count(registry), 1);
    cr_expect_str_eq(smin_host_registry_get(registry, 0)->name, "toyline");
    cr_expect_eq(smin_host_registry_origin(registry, 0)[0], '/');
}

Test(load, the_same_plugin_twice_is_refused)
{
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_assert_eq(smin_host_registry_load(registry, dummy_path(), NULL), SMIN_OK);
    cr_expect_eq(smin_host_registry_load(registry, dummy_path(), reason), SMIN_E_REFUSED);
    cr_expect_not_null(strstr(reason, "is there already"), "%s", reason);
    cr_expect_eq(smin_host_registry_count(registry), 1);
}

Test(load, two_lists_share_one_loaded_object)
{
    struct smin_registry *other;
    cr_assert_eq(smin_host_registry_new(&other), SMIN_OK);
    cr_assert_eq(smin_host_registry_load(registry, dummy_path(), NULL), SMIN_OK);
    cr_assert_eq(smin_host_registry_load(other, dummy_path(), NULL), SMIN_OK);
    cr_expect_eq(smin_host_registry_get(registry, 0), smin_host_registry_get(other, 0));
    smin_host_registry_free(&other);
}

Test(load, only_names_that_end_in_so_are_opened)
{
    expect_refused(file_with("plugin.so.1", "x"), SMIN_E_REFUSED, "ends in \".so\"");
    expect_refused(file_with("plugin.so.bak", "x"), SMIN_E_REFUSED, "ends in \".so\"");
    expect_refused(file_with(".so", "x"), SMIN_E_REFUSED, "ends in \".so\"");
    expect_refused("", SMIN_E_REFUSED, "ends in \".so\"");
}

Test(load, missing_files_are_not_found)
{
    expect_refused("no_such_folder/plugin.so", SMIN_E_NOT_FOUND, "no_such_folder/plugin.so");
    expect_refused(strcat(strcpy((char[64]){0}, folder), "/plugin.so"), SMIN_E_NOT_FOUND, "give the path of a plugin");
}

Test(load, what_is_no_plugin_is_refused_before_it_is_opened)
{
    char path[128];
    expect_refused(file_with("text.so", "#!/bin/sh\necho this is a script, longer than any ELF header would be\n"),
                   SMIN_E_REFUSED, "not an ELF file");
    expect_refused(file_with("empty.so", ""), SMIN_E_REFUSED, "shorter than an ELF header");
    (void)snprintf(path, sizeof(path), "%s/folder.so", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    expect_refused(path, SMIN_E_REFUSED, "not a regular file");
    (void)snprintf(path, sizeof(path), "%s/pipe.so", folder);
    cr_assert_eq(mkfifo(path, 0600), 0);
    expect_refused(path, SMIN_E_REFUSED, "not a regular file");
}

Test(load, a_link_with_the_right_name_is_followed)
{
    char path[128];
    (void)snprintf(path, sizeof(path), "%s/link.so", folder);
    cr_assert_eq(symlink(dummy_path(), path), 0);
    cr_expect_eq(smin_host_registry_load(registry, path, NULL), SMIN_OK);
    cr_expect_not_null(strstr(smin_host_registry_origin(registry, 0), "dummy.so"));
}

Test(load, long_paths_leave_room_for_the_reason)
{
    char path[2000];
    memset(path, 'a', sizeof(path));
    memcpy(path + sizeof(path) - 4, ".so", 4);
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_lt(smin_host_registry_load(registry, path, reason), 0);
    cr_expect_not_null(strstr(reason, ".so: "), "%s", reason);
}
