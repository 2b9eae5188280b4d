/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/sha256.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char *digest_text(const struct smini_sha256 *sha)
{
    static char text[2 * SMINI_SHA256_BYTES + 1];
    struct smini_sha256 copy = *sha;
    uint8_t digest[SMINI_SHA256_BYTES];
    smini_sha256_end(&copy, digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        (void)snprintf(text + 2 * i, 3, "%02x", digest[i]);
    return text;
}

static const struct {
    const char *text, *digest;
} published[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

Test(sha256, gives_the_published_digests)
{
    for (size_t i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
        struct smini_sha256 sha;
        smini_sha256_init(&sha);
        smini_sha256_add(&sha, published[i].text, strlen(published[i].text));
        cr_expect(strcmp(digest_text(&sha), published[i].digest) == 0, "%s", published[i].text);
    }
}

Test(sha256, a_million_letters_in_pieces_of_any_size)
{
    static char letters[1000];
    memset(letters, 'a', sizeof(letters));
    for (size_t piece = 1; piece <= 1000; piece += 111) {
        struct smini_sha256 sha;
        smini_sha256_init(&sha);
        for (size_t left = 1000000; left > 0;) {
            size_t part = left < piece ? left : piece;
            smini_sha256_add(&sha, letters, part);
            left -= part;
        }
        cr_expect(strcmp(digest_text(&sha), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0") == 0,
                  "pieces of %zu", piece);
    }
}
