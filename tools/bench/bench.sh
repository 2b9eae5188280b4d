#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# make bench: is the answer right, and what does it cost beside others? Reads
# BENCH_SCALE (1 is the size the goals speak of) and BENCH_ROUNDS.
set -u

bench=$SMIN_BUILDDIR/tools/bench
rules=$SMIN_SRCDIR/rules/smin.rules
data=$SMIN_BUILDDIR/bench-data
scale=${BENCH_SCALE:-0.25}
rounds=${BENCH_ROUNDS:-5}
engine=$SMIN_BUILDDIR/engines/suricata
engine_etc=$SMIN_BUILDDIR/engines/root/etc/suricata
adapter=$SMIN_BUILDDIR/.libs/smin-suricata8.so
results=$data/results

# tshark takes 100 times as long per packet as anything else here.
tshark_scale=0.01
start_runs=100

# Libtool's wrapper script would be measured as part of the start.
replay=$SMIN_BUILDDIR/tools/replay/.libs/smin-replay
[ -x "$replay" ] || replay=$SMIN_BUILDDIR/tools/replay/smin-replay
export LD_LIBRARY_PATH=$SMIN_BUILDDIR/.libs

die() { printf 'bench: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*"; }
title() { printf '\n%s\n' "$*"; }

# --- captures and their truth ----------------------------------------------------

# Sets `capture` and `truth`; generates only what is not there from this generator.
need_capture() {
    local workload=$1 size=$2 stamp
    capture=$data/$workload-$size.pcap truth=$data/$workload-$size.truth
    stamp=$(cksum <"$bench/generate")
    [ "$(cat "$capture.made-by" 2>/dev/null)" = "$stamp" ] && return
    "$bench/generate" "$workload" "$size" "$capture" "$truth" || die "could not generate $workload"
    printf '%s\n' "$stamp" >"$capture.made-by"
}

fact() { sed -n "s/^$2 //p" "$1"; }

comparable() { grep -E '^(messages|packets|tcp_flows) ' "$1" | sort; }

# No figure without this.
check_truth() {
    local workload=$1 records=$data/records.json found=$data/found
    "$replay" --json "$capture" >"$records" || die "smin-replay ended with $? on $workload"
    "$bench/count" <"$records" >"$found" || die "the records of $workload cannot be read"
    if ! diff -u <(comparable "$truth") <(comparable "$found") >"$data/difference"; then
        cat "$data/difference"
        die "$workload: what smin-replay reports is not what was generated; no figure is worth printing"
    fi
    say "  truth: $(awk '/^messages/ { n += $5 } END { print n + 0 }' "$truth") messages, $(fact "$truth" packets)" \
        "packets, $(fact "$truth" tcp_flows) TCP flows: all found;" \
        "$(fact "$found" alerts) alerts, $(fact "$found" anomalies) anomalies"
}

# --- contenders --------------------------------------------------------------------

own_command() { printf 'exec "%s" %s "$CAPTURE" >"%s/own.out"' "$replay" "$1" "$data"; }

suricata_command() {
    printf 'exec "%s" -c "%s" --set classification-file="%s" --set reference-config-file="%s" ' "$engine" \
        "$SMIN_SRCDIR/tools/bench/suricata.yaml" "$engine_etc/classification.config" "$engine_etc/reference.config"
    printf -- '--set threshold-file="%s" --set stream.reassembly.depth=%s -S "%s" --runmode single -k all ' \
        "$engine_etc/threshold.config" "$1" "$SMIN_SRCDIR/tools/bench/peer.rules"
    printf -- '-l "%s/suricata" -r "$CAPTURE" %s >/dev/null 2>&1' "$data" "$2"
}

# The same engine with our adapter in it: what its presence costs; rules of the peer are in all of them.
adapter_command() {
    local rules_used=$1 records=$2
    printf 'mkdir -p "%s/adapter" && exec "%s" -c "%s" ' "$data" "$engine" "$SMIN_SRCDIR/tools/bench/suricata.yaml"
    printf -- '--set classification-file="%s" --set reference-config-file="%s" --set threshold-file="%s" ' \
        "$engine_etc/classification.config" "$engine_etc/reference.config" "$engine_etc/threshold.config"
    printf -- '--set stream.reassembly.depth=0 -S "%s" --runmode single -k all %s ' "$rules_used" "$records"
    printf -- '-l "%s/adapter" -r "$CAPTURE" >/dev/null 2>&1' "$data"
}

tcpdump_command() {
    local keep=
    [ "$(id -u)" = 0 ] && keep='-Z root' # or it cannot read below a private folder
    printf 'exec tcpdump %s -n -r "$CAPTURE" -w /dev/null "tcp port 4786" 2>/dev/null' "$keep"
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- one workload --------------------------------------------------------------------

print_series() {
    local bytes=$1 packets=$2
    awk -v bytes="$bytes" -v packets="$packets" '
        BEGIN { printf "  %-22s %9s %7s %22s %9s %9s\n", "", "ns/packet", "GB/s", "own / this (range)", "start ms", "peak MB" }
        { printf "  %-22s %9.1f %7.2f %8.3f (%.3f-%.3f) %9.1f %9.1f\n", $1, $4, ($2 > 0 ? bytes / $2 : 0), $5, $6, $7, $3 / 1e6, $8 / 1024 }
    ' "$results/$3"
}

measure() {
    local workload=$1 depth=$2 start
    need_capture start 1
    start=$capture
    need_capture "$workload" "$scale"
    title "$workload, scale $scale, $rounds rounds in turn"
    check_truth "$workload"
    local contenders=(smin-replay "$(own_command --json)" smin-replay-summary "$(own_command '')"
        cat 'exec cat "$CAPTURE" >/dev/null')
    have tcpdump && contenders+=(tcpdump-filter "$(tcpdump_command)")
    if [ -x "$engine" ]; then
        contenders+=(suricata "$(suricata_command "$depth" '')")
        [ "$workload" = benign-mix ] && contenders+=(suricata-port-4786 "$(suricata_command "$depth" 'tcp port 4786')")
    fi
    "$bench/series" "$rounds" "$capture" "$start" "$(fact "$truth" packets)" "${contenders[@]}" \
        >"$results/$workload" || die "a contender failed on $workload"
    print_series "$(fact "$truth" bytes)" "$(fact "$truth" packets)" "$workload"
}

# The engine's own time is the last contender: the ratio of the first to it, less 1, is what the adapter adds.
measure_adapter() {
    local workload=$1 start peers=$SMIN_SRCDIR/tools/bench/peer.rules both=$data/both.rules
    [ -x "$engine" ] && [ -f "$adapter" ] || { title "Suricata with our adapter: not there, left out"; return; }
    cat "$peers" "$rules" >"$both"
    local loaded="--set plugins.0=$adapter --set app-layer.protocols.smin.enabled=yes"
    need_capture start 1
    start=$capture
    need_capture "$workload" "$2"
    title "$workload, scale $2, in Suricata with our adapter"
    "$bench/series" "$rounds" "$capture" "$start" "$(fact "$truth" packets)" \
        adapter-records-rules "$(adapter_command "$both" "$loaded --set outputs.0.eve-log.types.1=smin")" \
        adapter-rules "$(adapter_command "$both" "$loaded")" \
        adapter-parsing "$(adapter_command "$peers" "$loaded")" \
        suricata "$(adapter_command "$peers" "")" \
        >"$results/adapter-$workload" || die "the engine failed with our adapter on $workload"
    awk '{ cpu[$1] = $2 } END {
        own = cpu["suricata"]
        printf "  added to the engine'"'"'s own time: parsing %.0f %%, with the shipped rules %.0f %%, with a record per message %.0f %%\n",
            100 * (cpu["adapter-parsing"] / own - 1), 100 * (cpu["adapter-rules"] / own - 1),
            100 * (cpu["adapter-records-rules"] / own - 1) }' "$results/adapter-$workload"
}

measure_tshark() {
    have tshark || { title "tshark: not installed, left out"; return; }
    local start
    need_capture start 1
    start=$capture
    need_capture benign-mix "$tshark_scale"
    title "benign-mix, scale $tshark_scale, against a full dissector"
    "$bench/series" 3 "$capture" "$start" "$(fact "$truth" packets)" smin-replay "$(own_command --json)" \
        tshark 'exec tshark -n -r "$CAPTURE" -Y tcp.port==4786 >/dev/null 2>&1' >"$results/tshark" ||
        die "tshark failed"
    print_series "$(fact "$truth" bytes)" "$(fact "$truth" packets)" tshark
}

# Ten times the capture: the command for the long one looks away from $CAPTURE.
measure_growth() {
    local start long short_scale
    short_scale=$(awk -v s="$scale" 'BEGIN { print s / 10 }')
    need_capture start 1
    start=$capture
    need_capture benign-mix "$scale"
    long=$capture
    local long_packets
    long_packets=$(fact "$truth" packets)
    need_capture benign-mix "$short_scale"
    "$bench/series" $((rounds * 2 + 1)) "$capture" "$start" "$(fact "$truth" packets)" \
        ten-times "[ \"\$CAPTURE\" = \"$start\" ] || CAPTURE=\"$long\"; $(own_command --json)" \
        once "$(own_command --json)" >"$results/growth" || die "the growth series failed"
    growth=$(awk -v long="$long_packets" -v short="$(fact "$truth" packets)" \
        '$1 == "ten-times" { a = $2; rss = $8 } $1 == "once" { b = $2; short_rss = $8 }
         END { printf "%.2f", a / b / (long / short) * 10; print short_rss, rss > "/dev/stderr" }' \
        "$results/growth" 2>"$results/growth-rss")
}

# Commands are run by a shell, which is not part of the start.
measure_start() {
    need_capture start 1
    "$bench/series" "$start_runs" "$capture" "$capture" 10 smin-replay "$(own_command --json)" shell : \
        >"$results/start" || die "the start series failed"
}

# --- the goals -----------------------------------------------------------------------

# column FILE NAME COLUMN
column() { awk -v name="$2" -v n="$3" '$1 == name { print $n }' "$results/$1" 2>/dev/null; }

goal() {
    local number=$1 what=$2 value=$3 limit=$4
    # Below zero: the run was shorter than the spread of the start that is taken off.
    [ -n "$value" ] && awk -v v="$value" 'BEGIN { exit v < 0 }' || { printf '  %4s  %-58s %10s %10s  %s\n' "$number" "$what" - "$limit" "not measured"; return; }
    printf '  %4s  %-58s %10s %10s  %s\n' "$number" "$what" "$value" "$limit" \
        "$(awk -v v="$value" -v l="$limit" 'BEGIN { print v + 0 <= l + 0 ? "met" : "missed" }')"
}

per_flow() {
    local peak start
    peak=$(column many-flows smin-replay 8) start=$(column many-flows smin-replay 9)
    awk -v kb=$((peak - start)) -v flows="$1" 'BEGIN { printf "%.1f", kb * 1024 / flows }'
}

start_ms() {
    awk -v own="$(column start smin-replay 3)" -v shell="$(column start shell 3)" \
        'BEGIN { printf "%.1f", (own - shell) / 1e6 }'
}

report_goals() {
    need_capture many-flows "$scale"
    title "Goals of doc/performance.md (ratios: own CPU / theirs, start taken off; at most the limit)"
    printf '  %4s  %-58s %10s %10s\n' goal "" measured limit
    goal 1 "benign-mix / Suricata" "$(column benign-mix suricata 5)" 0.10
    goal 2 "benign-mix / Suricata that sees port 4786 only" "$(column benign-mix suricata-port-4786 5)" 0.45
    goal 3 "smi-dense, every message recorded / Suricata, alerts only" "$(column smi-dense suricata 5)" 0.11
    goal 4 "frag-ooo / Suricata" "$(column frag-ooo suricata 5)" 0.12
    goal 5 "many-flows / Suricata" "$(column many-flows suricata 5)" 0.03
    goal 6 "smi-tiny / Suricata" "$(column smi-tiny suricata 5)" 0.10
    goal 8 "benign-mix / cat to nowhere" "$(column benign-mix cat 5)" 2.0
    goal 9 "bytes per open flow" "$(per_flow "$(fact "$truth" tcp_flows)")" 96
    goal 10 "peak memory on benign-mix, MB" "$(column benign-mix smin-replay 8 | awk '{ printf "%.1f", $1 / 1024 }')" 12
    goal 11 "start to exit on 10 packets, CPU ms" "$(start_ms)" 5
    goal 20 "CPU for a capture ten times as long / CPU" "$growth" 10.3
    report_micro
    say "  goal 10 also asks for the same peak on a longer capture: $(awk '{ printf "%.1f MB once, %.1f MB ten times", $1 / 1024, $2 / 1024 }' "$results/growth-rss")"
    say "  goal 18 (instructions per packet): make bench-instructions"
}

# Files as they move: a large one costs no memory of its own, and many at once little each. All are told, or no figure.
measure_transfers() {
    local protocol transfers blocks bytes
    title "Transfers, all at the same time (all of them told whole, with digests)"
    printf '  %-8s %9s %12s %11s %9s\n' protocol transfers "MB in all" "MB memory" "CPU s"
    while read -r protocol transfers blocks bytes; do
        capture=$data/transfer.pcap
        "$bench/transfer" "$protocol" "$transfers" "$blocks" "$bytes" >"$capture" || die "could not generate transfers"
        "$replay" -v --eve "$data/transfer.json" "$capture" 2>"$data/transfer.err" ||
            die "smin-replay ended with $? on transfers"
        [ "$(grep -c '"event_type":"fileinfo".*"state":"CLOSED"' "$data/transfer.json")" -eq "$transfers" ] ||
            die "not every transfer over $protocol was told as whole"
        printf '  %-8s %9s %12s %11s %9s\n' "$protocol" "$transfers" $((transfers * (blocks * bytes + 3) / 1000000)) \
            "$(sed -n 's/^smin-replay: \(.*\) MB of memory.*/\1/p' "$data/transfer.err")" \
            "$( { TIMEFORMAT='%U'; time "$replay" -q --eve /dev/null "$capture"; } 2>&1)"
    done <<'END'
tftp 1 736 1428
tftp 1 73530 1428
tftp 10000 3 512
http 1 736 1428
http 1 73530 1428
http 10000 3 512
ftp 1 736 1428
ftp 1 73530 1428
ftp 10000 3 512
END
    rm -f "$capture"
}

# Records to incidents: twice the records, twice the time, and memory by what they are about.
measure_join() {
    local kind count before incidents seconds peak lines
    title "Incidents from facts, and from the same facts as JSON records"
    printf '  %-6s %9s %10s %9s %8s %11s %12s\n' kind facts incidents "CPU s" ratio "MB memory" "records CPU s"
    for kind in few many; do
        before=
        for count in 250000 500000 1000000; do
            read -r lines incidents seconds peak < <("$bench/join" facts "$kind" "$count") || die "join failed"
            [ "$lines" = "$count" ] || die "join lost facts"
            printf '  %-6s %9s %10s %9s %8s %11s %12s\n' "$kind" "$count" "$incidents" "$seconds" \
                "$(awk -v a="$seconds" -v b="${before:-$seconds}" 'BEGIN { printf "%.2f", a / b }')" $((peak / 1000000)) \
                "$(read_records "$kind" "$count" "$incidents")"
            before=$seconds
        done
    done
}

# CPU time of reading them, or "-" where the reader was not built (no jansson).
read_records() {
    local reader=$SMIN_BUILDDIR/tests/eve/read_eve
    [ -x "$reader" ] || { echo -; return; }
    "$bench/join" records "$1" "$2" >"$data/join.json" || die "join made no records"
    { TIMEFORMAT='%U'; time "$reader" <"$data/join.json" >"$data/join.out"; } 2>"$data/join.time" || die "read_eve failed"
    [ "$(grep -c '"event_type":"incident"' "$data/join.out")" -eq "$3" ] || die "records give other incidents than facts"
    tail -n 1 "$data/join.time"
    rm -f "$data/join.json" "$data/join.out"
}

# What following transfers costs traffic that has none, or none that anybody ordered.
measure_inspectors() {
    local start workload
    need_capture start 1
    start=$capture
    for workload in benign-mix smi-dense; do
        need_capture "$workload" "$scale"
        title "$workload, scale $scale: all inspectors, and that of Smart Install alone"
        "$bench/series" "$rounds" "$capture" "$start" "$(fact "$truth" packets)" all "$(own_command --json)" \
            smart-install-only "$(own_command "--json --no-builtin --plugin $SMIN_BUILDDIR/.libs/smartinstall.so")" \
            >"$results/inspectors-$workload" || die "smin-replay failed on $workload"
        print_series "$(fact "$truth" bytes)" "$(fact "$truth" packets)" "inspectors-$workload"
    done
}

# Frames onto a virtual cable; the machine's own cost of taking them is in both.
measure_injection() {
    local start size
    need_capture start 1
    start=$capture
    size=$(awk -v s="$scale" 'BEGIN { print s / 5 }')
    need_capture benign-mix "$size"
    title "benign-mix, scale $size, sent as fast as it goes"
    SMIN_REPLAY=$replay "$SMIN_SRCDIR/tools/bench/inject.sh" "$rounds" "$capture" "$start" >"$results/inject" ||
        { say "  left out"; return; }
    print_series "$(fact "$truth" bytes)" "$(fact "$truth" packets)" inject
    awk '{ printf "  %s: %.0f packets a second of CPU\n", $1, 1e9 / $4 }' "$results/inject"
}

# The micro benches print "GOAL VALUE LIMIT TEXT".
report_micro() {
    local program number value limit text
    for program in micro_decode micro_match; do
        [ -x "$bench/$program" ] || continue
        "$bench/$program" "$rules" >"$results/$program" || die "$program failed"
        while read -r number value limit text; do goal "$number" "$text" "$value" "$limit"; done <"$results/$program"
    done
}

main() {
    case $SMIN_CFLAGS in
    *-fsanitize=* | *--coverage*) die "this build is instrumented: configure one without sanitizers and coverage" ;;
    esac
    [ -x "$replay" ] || die "smin-replay is not built"
    mkdir -p "$results" "$data/suricata" || exit 1
    rm -f "$results"/*
    say "smin bench: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores," \
        "$(uname -sr), compiled with $SMIN_CC $SMIN_USER_CFLAGS"
    [ -x "$engine" ] || say "Suricata is not unpacked (./quickstart engines): goals 1 to 6 are not measured"
    measure benign-mix 1mb
    measure smi-dense 0
    measure smi-tiny 0
    measure many-flows 0
    measure frag-ooo 0
    measure_adapter smi-flows 1
    measure_adapter benign-mix "$scale"
    measure_tshark
    measure_growth
    measure_transfers
    measure_join
    measure_inspectors
    measure_injection
    measure_start
    report_goals
}

main
