#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# smin-validate accepts good plugins, refuses each bad one for its own reason,
# and finds out each mutant of the toy inspector: every check can fail.
set -u
src=${SMIN_SRCDIR:?}
build=${SMIN_BUILDDIR:?}
validate=$build/smin-validate
work=$(mktemp -d "${TMPDIR:-/tmp}/smin-validate.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAIL: $*"
    failures=$((failures + 1))
}

compile() { # target source...
    target=$1
    shift
    # $SMIN_CC may hold a command with arguments.
    ${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -fvisibility=hidden -I"$src/include" -I"$src/tests/abi/dummy" \
        -I"$src/tests/abi/bad_plugins" -o "$target" "$@" 2>"$work/cc.log" || {
        cat "$work/cc.log"
        fail "cannot compile $target"
        return 1
    }
}

accepted() { # plugin arguments...
    "$validate" -q "$@" >"$work/out" 2>&1 || {
        cat "$work/out"
        fail "$1 was refused"
    }
}

refused() { # plugin reason
    "$validate" -t 2 "$1" >"$work/out" 2>&1
    status=$?
    if [ "$status" -ne 1 ]; then
        cat "$work/out"
        fail "$1: exit status $status, not 1"
    elif ! grep -qF -- "$2" "$work/out"; then
        cat "$work/out"
        fail "$1: the report does not say \"$2\""
    fi
}

# --- good ones ---------------------------------------------------------------
set --
for vector in "$src"/tests/vectors/*.hex; do
    set -- "$@" -i "$vector"
done
accepted "$build/tests/abi/.libs/dummy.so" "$@"
accepted "$build/.libs/smartinstall.so" "$@"
accepted "$build/.libs/smartinstall.so" "$@" -r "$src/rules/smin.rules"

set --
for datagram in "$src"/tests/abi/tftp/*.hex "$src"/tests/vectors/tftp_*.hex; do
    set -- "$@" -i "$datagram"
done
[ $# -ge 18 ] || fail "only $# words of TFTP samples"
accepted "$build/.libs/tftp.so" "$@"

set --
for stream in "$src"/tests/abi/ftp/*.hex; do
    set -- "$@" -i "$stream"
done
[ $# -ge 8 ] || fail "only $# words of FTP samples"
accepted "$build/.libs/ftp.so" "$@"
accepted "$build/.libs/sealed.so" "$@"

if [ -f "$build/.libs/http.so" ]; then # configure may leave it out
    set --
    for stream in "$src"/tests/abi/http/*.hex; do
        set -- "$@" -i "$stream"
    done
    [ $# -ge 8 ] || fail "only $# words of HTTP samples"
    accepted "$build/.libs/http.so" "$@"
fi

# --- bad tables --------------------------------------------------------------
count=0
for source in "$src"/tests/abi/bad_plugins/*.c; do
    name=$(basename "$source" .c)
    expect=$(sed -n 's|^/\* expect: \(.*\) \*/$|\1|p' "$source")
    [ -n "$expect" ] || fail "$source does not say what to expect"
    compile "$work/$name.so" -fvisibility=default "$source" || continue
    refused "$work/$name.so" "$expect"
    count=$((count + 1))
done
[ "$count" -ge 20 ] || fail "only $count bad plugins were tried"

# --- bad files ---------------------------------------------------------------
echo "not an object" >"$work/text.so"
refused "$work/text.so" "shorter than an ELF header"
cp "$build/config.status" "$work/script.so"
refused "$work/script.so" "not an ELF file"
head -c 900 "$build/tests/abi/.libs/dummy.so" >"$work/cut.so"
refused "$work/cut.so" "an ELF file without a dynamic segment"
cp "$build/tests/abi/.libs/dummy.so" "$work/dummy.so.1"
refused "$work/dummy.so.1" 'ends in ".so"'
"$validate" "$work/missing.so" >/dev/null 2>&1
[ $? -eq 2 ] || fail "a missing file is not exit status 2"
"$validate" >/dev/null 2>&1
[ $? -eq 2 ] || fail "no file at all is not exit status 2"

# --- mutants of the toy inspector ---------------------------------------------
mutant() { # name sed-expression reason
    sed "$2" "$src/tests/abi/dummy/dummy.c" >"$work/$1.c"
    if cmp -s "$work/$1.c" "$src/tests/abi/dummy/dummy.c"; then
        fail "mutant $1: the expression changes nothing"
        return
    fi
    compile "$work/$1.so" "$work/$1.c" || return
    refused "$work/$1.so" "$3"
}

header_mutant() { # header name sed-expression reason: likewise, of an extension in a header of its own
    cp "$src"/tests/abi/dummy/dummy_*.h "$work" # one includes the other from beside it
    sed "$3" "$src/tests/abi/dummy/$1" >"$work/$1"
    cmp -s "$work/$1" "$src/tests/abi/dummy/$1" && fail "mutant $2: the expression changes nothing"
    cp "$src/tests/abi/dummy/dummy.c" "$work/$2.c"
    compile "$work/$2.so" "$work/$2.c" && refused "$work/$2.so" "$4"
    rm "$work"/dummy_*.h
}

mutant leak 's/if (thread && flow)$/if (thread \&\& flow \&\& !flow->user)/' 'never came back'
mutant wrong_size 's/flow, sizeof(\*flow));$/flow, 1);/' 'release gave back 1 bytes of a block'
mutant prints 's/^    struct line \*line = &side->line;$/&\n    extern int puts(const char *); puts("a line");/' \
    'wrote to stdout or stderr: "a line'
mutant crash 's/^    struct line \*line = &side->line;$/&\n    *(volatile char *)8 = 1;/' 'ended by signal 11'
mutant hang 's/^    struct line \*line = &side->line;$/&\n    for (volatile int i = 1; i;);/' 'within the time allowed'
mutant exits 's/^    struct line \*line = &side->line;$/&\n    extern void _exit(int); _exit(3);/' 'exit status 3'
mutant two_symbols 's/^static const struct smin_field_desc/&/; s/^static bool tail_is_zero/__attribute__((visibility("default"))) bool tail_is_zero/' \
    'it also offers tail_is_zero'
mutant after_end 's/^    side->ended = true;$//' 'not SMIN_DONE'
mutant borrows 's/^    uint8_t bytes\[LINE_BYTES\];$/    const uint8_t *bytes;/
    s/side->line.bytes\[side->line.kept++\] = byte;/{ if (side->line.kept == 0) side->line.bytes = \&input->bytes[offset - input->offset]; side->line.kept++; }/' \
    'ended by signal 11'
mutant unknown_field 's/\.id = FIELD_VERB/.id = 99/' 'which is not in the field table'
mutant unknown_event 's/\.id = EVENT_LINE_CUT/.id = 99/' 'which is not in the event table'
mutant outside 's/line->offset + verb + 1/line->offset + verb + 1000/' 'outside its message'
mutant numbering 's/side->messages++,/0,/' 'running number'
mutant no_memory_check 's/^    if (!\*flow)$/    if (0)/' 'ended by signal 11'
mutant no_tail_check 's/if (((const uint8_t \*)object)\[i\] != 0)/if (0)/' 'unknown tail'
mutant no_size_check 's/return thread && !thread->inside_callback && input && .*$/return thread \&\& !thread->inside_callback \&\& input \&\&/' \
    'an input of size 0'
mutant reentry 's/thread->inside_callback = true;/thread->inside_callback = false;/' 'from inside on_output'
mutant unknown_setting 's/\*status = SMIN_E_NOT_FOUND;/*status = SMIN_OK;/' 'an unknown setting'
mutant any_host 's/if (host->abi_major != SMIN_ABI_MAJOR)/if (0)/' 'a host of another major'
mutant reads_too_far 's/^    if (host->abi_major != SMIN_ABI_MAJOR)$/    if (host->extension) (void)host->extension(host->user, "x");\n&/' 'ended by signal 11'
mutant any_extension 's/strcmp(id, SMIN_EXT_MESSAGE) == 0/id[0]/' 'answered with a table'
mutant probe_more 's/return input->length < 8 ? SMIN_PROBE_MORE : SMIN_PROBE_NO;/return SMIN_PROBE_MORE;/' 'but 16 must be'
mutant consumed 's/return answer(SMIN_OK, input->length);/return answer(SMIN_OK, 0);/' 'and took 0 of'
header_mutant dummy_packet.h any_packet_size 's/if (!SMIN_HAS(packet, payload_length))/if (0)/' 'ended by signal 11'
header_mutant dummy_packet.h any_wish 's/return instance ? SMIN_WANTS_PACKETS : 0;/return 64;/' 'no sum of SMIN_WANTS_'
header_mutant dummy_detect.h silent_pattern 's/TOY_PATTERNS(6),/TOY_PATTERNS(20),/' 'is found by probe, but by no pattern'
header_mutant dummy_detect.h wrong_pattern 's/"ABC/"aBC/' 'probe says no to pattern 0'
header_mutant dummy_detect.h slow_probe 's/probe_bytes = 8/probe_bytes = 1/' 'probe wants more than 1 bytes'
header_mutant dummy_expect.h no_lifetime 's/lifetime_ns = 1000000000/lifetime_ns = 0/' 'an expectation does not live'
header_mutant dummy_expect.h any_end 's/= SMIN_EXPECT_ANY_CLIENT,/= SMIN_EXPECT_ANY_CLIENT | SMIN_EXPECT_ANY_SERVER,/' \
    'is for any client and any server'
header_mutant dummy_expect.h foreign_context 's/\.context_length = 1,/.context_length = 1, .inspector = "other",/' \
    'carries a context for another inspector'
header_mutant dummy_expect.h file_state 's/file, SMIN_FILE_CLOSED,/file, 9,/' 'ended as 9, which is not one of SMIN_FILE_'
header_mutant dummy_expect.h file_twice 's/^    table->end(.*$/&\n&/' 'for a file that is not open'
header_mutant dummy_expect.h file_time 's/SMIN_FILE_CLOSED, input->time_ns,/SMIN_FILE_CLOSED, 0,/' 'another time or packet'
header_mutant dummy_expect.h any_expected 's/if (!expected || .*$/if (0)/' 'an expected flow without a whole description'
mutant global 's/^static void toy_thread_free/static uint64_t total;\n&/; s/\.number = line->length - verb - 1}/.number = total++}/' 'is told otherwise'

[ "$failures" -eq 0 ] || {
    echo "$failures failures"
    exit 1
}
echo "$count bad plugins refused, all mutants found out"
