/* SPDX-License-Identifier: BSD-2-Clause */
#include "write_whole.h"

#include <errno.h>
#include <unistd.h>

int smini_write_part(int fd, const uint8_t *bytes, size_t length, size_t *done)
{
    *done = 0;
    while (*done < length) {
        ssize_t wrote = write(fd, bytes + *done, length - *done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return errno;
        *done += (size_t)wrote;
    }
    return 0;
}

int smini_write_whole(int fd, const uint8_t *bytes, size_t length)
{
    size_t done;
    return smini_write_part(fd, bytes, length, &done);
}
