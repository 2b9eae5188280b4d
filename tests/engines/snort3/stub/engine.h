/* SPDX-License-Identifier: BSD-2-Clause */
/* What the test drives the shim with: an engine of a few lines, which cuts and judges as Snort does. */
#ifndef SMINI_SNORT_STUB_ENGINE_H
#define SMINI_SNORT_STUB_ENGINE_H

#include <functional>

#include "snort_stub.h"

namespace stub
{
/* What was said and raised since the last forget(). */
extern std::vector<std::string> said;
extern std::vector<unsigned> events; /* sids */
extern std::string folder;           /* of files that packet threads write */

/* True while the piece that was inspected last is done with: nothing may stand ready any more. */
extern bool cleared;
/* Called for every detection, and once more when the piece is done with. */
extern std::function<void(snort::Packet &)> detection;

void forget();

/* One connection. */
class Connection
{
public:
    explicit Connection(snort::Inspector &);
    ~Connection();
    void send(bool to_server, const uint8_t *bytes, size_t length);
    void lose(bool to_server); /* bytes that never came: what is pending is handed on, the splitter starts again */
    void end(bool to_server);
    bool aborted = false;
    size_t pieces = 0;

private:
    struct Side {
        snort::StreamSplitter *splitter = nullptr;
        std::vector<uint8_t> pending;
        size_t scanned = 0;
    };
    void flush(bool to_server, size_t length);
    void inspect(bool to_server, const uint8_t *bytes, size_t length);

    snort::Inspector &inspector;
    snort::Flow *flow;
    Side sides[2];
};
}

#endif
