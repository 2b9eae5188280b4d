/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/netascii.h"

size_t smini_netascii_undo(struct smini_netascii *state, struct smini_span wire, uint8_t *out)
{
    size_t length = 0;
    for (size_t i = 0; i < wire.length; i++) {
        uint8_t byte = wire.bytes[i];
        bool pair = state->carriage && (byte == '\n' || byte == '\0');
        if (state->carriage && !pair) {
            out[length++] = '\r';
            state->invalid = true;
        }
        state->carriage = byte == '\r';
        if (!state->carriage)
            out[length++] = pair && byte == '\0' ? '\r' : byte;
    }
    return length;
}

size_t smini_netascii_end(struct smini_netascii *state, uint8_t *out)
{
    if (!state->carriage)
        return 0;
    state->carriage = false;
    out[0] = '\r';
    return 1;
}
