/* SPDX-License-Identifier: BSD-2-Clause */
#include "write_whole.h"

#include <errno.h>
#include <unistd.h>

int smini_write_whole(int fd, const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = write(fd, bytes, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        bytes += done;
        length -= (size_t)done;
    }
    return 0;
}
