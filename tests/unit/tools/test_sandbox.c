/* SPDX-License-Identifier: BSD-2-Clause */
/* What is left of a process that sends: tried in a child, since rights do not come back. */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "replay/sandbox.h"

enum { NO_SECCOMP = 77, SIOCGIFINDEX_NUMBER = 0x8933, SIOCGIFMTU_NUMBER = 0x8921 };

static int pair[2], other[2];

/* 0: as it should be; NO_SECCOMP; else the number of what was wrong. */
static int try_as_sender(void)
{
    char byte = 1;
    if (!(smini_sandbox_enter_sending(NULL, 0, pair[0]) & SMINI_SANDBOX_SECCOMP))
        return NO_SECCOMP;
    if (sendto(pair[0], &byte, 1, 0, NULL, 0) != 1)
        return 1;
    if (ioctl(pair[0], SIOCGIFINDEX_NUMBER, NULL) != -1 || errno == EPERM)
        return 2; /* let through to the kernel, which has nothing to look at */
    if (sendto(other[0], &byte, 1, 0, NULL, 0) != -1 || errno != EPERM)
        return 3;
    if (ioctl(pair[0], SIOCGIFMTU_NUMBER, NULL) != -1 || errno != EPERM)
        return 4;
    if (recv(pair[0], &byte, 1, MSG_DONTWAIT) != -1 || errno != EPERM)
        return 5;
    if (socket(AF_INET, SOCK_DGRAM, 0) != -1 || errno != EPERM)
        return 6;
    return 0;
}

static int try_as_reader(void)
{
    char byte = 1;
    if (!(smini_sandbox_enter(NULL, 0, NULL, 0) & SMINI_SANDBOX_SECCOMP))
        return NO_SECCOMP;
    return sendto(pair[0], &byte, 1, 0, NULL, 0) == -1 && errno == EPERM ? 0 : 1;
}

static void expect_well(int (*attempt)(void))
{
    int status;
    cr_assert(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0 && socketpair(AF_UNIX, SOCK_DGRAM, 0, other) == 0);
    pid_t child = fork();
    if (child == 0)
        _exit(attempt());
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_SECCOMP)
        cr_skip_test("this build or system has no system call filter");
    cr_expect_eq(WEXITSTATUS(status), 0);
}

Test(sandbox, one_socket_is_left_to_a_sender)
{
    expect_well(try_as_sender);
}

Test(sandbox, none_is_left_to_a_reader)
{
    expect_well(try_as_reader);
}
