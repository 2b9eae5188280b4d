/* SPDX-License-Identifier: BSD-2-Clause */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "replay/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

/* The leak checker of a sanitized build attaches to its own process at the end and reads /proc: neither would be left. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const int sanitized = 1;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
static const int sanitized = 1;
#else
static const int sanitized = 0;
#endif
#else
static const int sanitized = 0;
#endif

#if defined(HAVE_LINUX_LANDLOCK_H) && defined(SYS_landlock_create_ruleset)

/* Rights of the first version of Landlock: later ones are added only when the kernel knows them. */
static const uint64_t file_rights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                                    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                                    LANDLOCK_ACCESS_FS_MAKE_SYM;

#ifdef LANDLOCK_ACCESS_FS_REFER
#define MOVE_RIGHT LANDLOCK_ACCESS_FS_REFER
#else
#define MOVE_RIGHT 0
#endif

static void allow_reading(int ruleset, const char *path)
{
    struct stat about;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return; /* what is not there cannot be read either */
    if (fstat(fd, &about) == 0) {
        struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = fd};
        if (S_ISDIR(about.st_mode))
            rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

/* Files are made below this folder, moved about there, and read again. */
static void allow_making(int ruleset, int folder)
{
    struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                          LANDLOCK_ACCESS_FS_REMOVE_FILE | MOVE_RIGHT,
        .parent_fd = folder};
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

/* Moving a file to another folder is refused by the first version of Landlock, whatever is allowed. */
static bool may_move(void)
{
    return MOVE_RIGHT != 0 && syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 2;
}

static int enter_landlock(const char *const *paths, uint32_t count, const int *folders, uint32_t folder_count)
{
    struct landlock_ruleset_attr attributes = {.handled_access_fs = file_rights | (folder_count ? MOVE_RIGHT : 0)};
    if (folder_count && !may_move())
        return 0;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0);
    if (ruleset < 0)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        allow_reading(ruleset, paths[i]);
    for (uint32_t i = 0; i < folder_count; i++)
        allow_making(ruleset, folders[i]);
    long done = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return done == 0 ? SMINI_SANDBOX_LANDLOCK : 0;
}
#else
static int enter_landlock(const char *const *paths, uint32_t count, const int *folders, uint32_t folder_count)
{
    (void)paths;
    (void)count;
    (void)folders;
    (void)folder_count;
    return 0;
}
#endif

#ifdef HAVE_SECCOMP

/* What reading captures, writing records, threads and the end of a process need. Anything else fails with EPERM. */
static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(readv),         SCMP_SYS(pread64),       SCMP_SYS(write),
    SCMP_SYS(writev),        SCMP_SYS(lseek),         SCMP_SYS(openat),        SCMP_SYS(open),
    SCMP_SYS(close),         SCMP_SYS(fstat),         SCMP_SYS(stat),          SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),    SCMP_SYS(statx),         SCMP_SYS(getdents64),    SCMP_SYS(fcntl),
    SCMP_SYS(dup),           SCMP_SYS(fadvise64),     SCMP_SYS(readahead),     SCMP_SYS(mmap),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),        SCMP_SYS(mprotect),      SCMP_SYS(madvise),
    SCMP_SYS(brk),           SCMP_SYS(futex),         SCMP_SYS(clone),         SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),          SCMP_SYS(sched_yield),   SCMP_SYS(sched_getaffinity), SCMP_SYS(gettid),
    SCMP_SYS(getpid),        SCMP_SYS(tgkill),        SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),   SCMP_SYS(restart_syscall), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),   SCMP_SYS(gettimeofday),  SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),       SCMP_SYS(prlimit64),     SCMP_SYS(poll),          SCMP_SYS(ppoll),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),    SCMP_SYS(getcwd),        SCMP_SYS(readlink),
    SCMP_SYS(ftruncate),     SCMP_SYS(fsync),         SCMP_SYS(set_tid_address),
};

/* And what making files needs. */
static const int making[] = {SCMP_SYS(mkdirat), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlinkat)};

static int allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++)
        if (calls[i] >= 0) /* negative: not on this architecture */
            failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0;
    return failed;
}

/* Through this socket alone, behind a look at which number its interface has. */
static int allow_sending(scmp_filter_ctx filter, int socket)
{
    struct scmp_arg_cmp own = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)socket};
    struct scmp_arg_cmp look[2] = {own, {.arg = 1, .op = SCMP_CMP_EQ, .datum_a = 0x8933 /* SIOCGIFINDEX */}};
    /* Both are called for every packet: the filter looks for them first. */
    (void)seccomp_syscall_priority(filter, SCMP_SYS(sendto), UINT8_MAX);
    (void)seccomp_syscall_priority(filter, SCMP_SYS(ioctl), UINT8_MAX);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 1, &own) != 0 ||
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 2, look) != 0;
}

static int enter_seccomp(bool makes_files, int socket)
{
    static const struct scmp_arg_cmp is_terminal = {
        .arg = 1, .op = SCMP_CMP_EQ, .datum_a = 0x5401 /* TCGETS */, .datum_b = 0};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return 0;
    int failed = allow(filter, allowed, sizeof(allowed) / sizeof(allowed[0]));
    if (makes_files)
        failed |= allow(filter, making, sizeof(making) / sizeof(making[0]));
    if (socket >= 0)
        failed |= allow_sending(filter, socket);
    /* Its arguments lie in memory, where a filter cannot look: the C library then falls back to clone. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) != 0;
    /* Is standard output a terminal? Nothing else. */
    failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, &is_terminal) != 0;
    if (!failed)
        failed = seccomp_load(filter) != 0;
    seccomp_release(filter);
    return failed ? 0 : SMINI_SANDBOX_SECCOMP;
}
#else
static int enter_seccomp(bool makes_files, int socket)
{
    (void)makes_files;
    (void)socket;
    return 0;
}
#endif

static int enter(const char *const *paths, uint32_t count, const int *folders, uint32_t folder_count, int socket)
{
    if (sanitized || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return 0;
    int state = enter_landlock(paths, count, folders, folder_count);
    return state | enter_seccomp(folder_count > 0, socket);
}

int smini_sandbox_enter(const char *const *paths, uint32_t count, const int *folders, uint32_t folder_count)
{
    return enter(paths, count, folders, folder_count, -1);
}

int smini_sandbox_enter_sending(const char *const *paths, uint32_t count, int socket)
{
    return enter(paths, count, NULL, 0, socket);
}

const char *smini_sandbox_text(int state)
{
    switch (state) {
    case SMINI_SANDBOX_LANDLOCK | SMINI_SANDBOX_SECCOMP:
        return "landlock and seccomp";
    case SMINI_SANDBOX_LANDLOCK:
        return "landlock";
    case SMINI_SANDBOX_SECCOMP:
        return "seccomp";
    default:
        return "none";
    }
}
