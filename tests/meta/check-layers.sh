#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Who may include whom. The table is that of lib/NOTES.md; everything else fails.
set -u
cd "${SMIN_SRCDIR:?}" || exit 1

# layer: what its files may include with quotes. "x/" means a folder of lib/.
table='
lib/base            base/ smin/status.h
lib/guest           base/ guest/ ABI
lib/decode          base/ decode/ smin/status.h smin/field.h smin/decoder.h
lib/rule            base/ rule/ smin/status.h smin/field.h smin/ruleset.h
lib/match           base/ rule/ match/ smin/status.h smin/field.h
lib/inspect         base/ guest/ decode/ rule/ match/ inspect/ ABI smin/inspector.h smin/ruleset.h smin/version.h
lib/host            base/ host/ ABI smin/host.h
lib/record          base/ record/ ABI
lib/replay          base/ host/ record/ replay/ ABI smin/host.h smin/version.h
lib/incident        base/ incident/ smin/status.h smin/field.h
lib/device          base/ device/ incident/ smin/status.h smin/field.h
lib/report          base/ report/ device/ incident/ smin/status.h smin/field.h smin/version.h
tools/replay        base/ host/ record/ replay/ incident/ report/ ABI smin/host.h smin/version.h
tools/mkpcap        base/ smin/status.h smin/version.h
tools/validate      base/ host/ ABI smin/host.h smin/version.h
tools/bench         base/ incident/ host/ replay/ decode/ rule/ match/ inspect/ bench/ ABI smin/host.h smin/decoder.h smin/inspector.h smin/ruleset.h smin/version.h
plugins/smartinstall inspect/ ABI smin/inspector.h
plugins/tftp        base/ guest/ tftp/ ABI smin/version.h
plugins/ftp         base/ guest/ ftp/ ABI smin/version.h
plugins/sealed      base/ guest/ sealed/ ABI smin/version.h
plugins/http        base/ guest/ http/ ABI smin/version.h
plugins/suricata8   base/ host/ record/ rule/field_test.h suricata8/ ABI smin/host.h smin/inspector.h smin/version.h
plugins/wireshark   base/ host/ wireshark/ ABI smin/host.h smin/inspector.h smin/version.h
plugins/snort3      base/ host/ record/ rule/field_test.h snort3/ ABI smin/host.h smin/inspector.h smin/version.h
include/smin        smin/
'
abi='smin/abi.h smin/abi_ext.h smin/abi_lent.h smin/field.h smin/status.h'

# exceptions: one file, one more header, with the reason beside it
#   the built-in inspector goes into the registry in this one place, with the built-in rules; from there on everything is the ABI
exceptions='
tools/replay/main.c smin/inspector.h
tools/replay/main.c rules/builtin_rules.h
tools/replay/main.c plugins/http/http.h
tools/replay/main.c plugins/tftp/tftp.h
tools/replay/main.c plugins/ftp/ftp.h
tools/replay/main.c plugins/sealed/sealed.h
'

# external headers: the only files that may include them; tests may use what they compare with
external='
hs.h          lib/match/[a-z_]*hs[a-z_]*\.[ch]
hs_compile.h  lib/match/[a-z_]*hs[a-z_]*\.[ch]
hs_runtime.h  lib/match/[a-z_]*hs[a-z_]*\.[ch]
hs_common.h   lib/match/[a-z_]*hs[a-z_]*\.[ch]
hs/hs.h       lib/match/[a-z_]*hs[a-z_]*\.[ch]
pcre2.h       lib/(match|rule)/[a-z_0-9]*(pcre|pattern|regex|expression)[a-z_0-9]*\.[ch]
archive.h       lib/replay/[a-z_]*(archive|unpack|container|source|open|member)[a-z_]*\.[ch]
archive_entry.h lib/replay/[a-z_]*(archive|unpack|container|source|open|member)[a-z_]*\.[ch]
libnet.h      tools/(mkpcap|replay)/[a-z_]*(libnet|packets|inject)[a-z_]*\.[ch]
pcap.h        tests_only
pcap/pcap.h   tests_only
dlfcn.h       lib/host/load\.c
elf.h         lib/host/elf_file\.h
seccomp.h     (lib|tools)/replay/[a-z_]*(sandbox|seccomp|filter)[a-z_]*\.[ch]
linux/landlock.h (lib|tools)/replay/[a-z_]*(sandbox|landlock)[a-z_]*\.[ch]
jansson.h     lib/incident/eve_[a-z]+\.[ch]
htp/htp.h     plugins/http/[a-z_]*\.[ch]
glib.h plugins/wireshark/ws\.h
ws_version.h plugins/wireshark/ws\.h
epan/conversation.h plugins/wireshark/ws\.h
epan/dissectors/packet-tcp.h plugins/wireshark/ws\.h
epan/epan_dissect.h plugins/wireshark/ws\.h
epan/expert.h plugins/wireshark/ws\.h
epan/packet.h plugins/wireshark/ws\.h
epan/prefs-int.h plugins/wireshark/ws\.h
epan/prefs.h plugins/wireshark/ws\.h
epan/proto_data.h plugins/wireshark/ws\.h
epan/stats_tree.h plugins/wireshark/ws\.h
epan/tap.h plugins/wireshark/ws\.h
epan/to_str.h plugins/wireshark/ws\.h
wsutil/report_message.h plugins/wireshark/ws\.h
wsutil/wslog.h plugins/wireshark/ws\.h
'

find lib tools plugins include tests -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' -o -name '*.def' \) \
    ! -path '*/.libs/*' | sort | xargs awk -v table="$table" -v abi="$abi" -v exceptions="$exceptions" -v external="$external" '
function allowed(layer, header, file,    n, words, i) {
    n = split(row[layer], words, " ")
    for (i = 1; i <= n; i++) {
        if (words[i] == header) return 1
        if (words[i] ~ /\/$/ && index(header, words[i]) == 1) return 1
        if (words[i] == "ABI" && index(" " abi " ", " " header " ")) return 1
    }
    return (file " " header) in exception
}
BEGIN {
    n = split(table, lines, "\n")
    for (i = 1; i <= n; i++) {
        m = split(lines[i], words, " ")
        if (m == 0) continue
        for (k = 2; k <= m; k++) row[words[1]] = row[words[1]] " " words[k]
    }
    n = split(exceptions, lines, "\n")
    for (i = 1; i <= n; i++) if (lines[i] != "") exception[lines[i]] = 1
    n = split(external, lines, "\n")
    for (i = 1; i <= n; i++) if (split(lines[i], words, " ") == 2) only[words[1]] = words[2]
    bad = 0
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    header = $0
    quoted = header ~ /include[ \t]*"/
    sub(/^[^<"]*[<"]/, "", header)
    sub(/[>"].*$/, "", header)
    files[FILENAME] = 1
    if (header in only && FILENAME !~ /^tests\// && FILENAME !~ "^" only[header] "$") {
        print FILENAME ":" FNR ": <" header "> belongs to " only[header] " alone"
        bad++
    }
    if (!quoted || FILENAME ~ /^tests\// || header == "config.h") next
    layer = FILENAME
    sub(/\/[^\/]*$/, "", layer)
    # A header without a folder stands beside its file.
    if (header !~ /\// && layer !~ /^lib\//) next
    if (!(layer in row)) {
        print FILENAME ": the folder " layer " is not in the table"
        bad++
    } else if (!allowed(layer, header, FILENAME)) {
        print FILENAME ":" FNR ": " layer " may not include \"" header "\""
        bad++
    }
}
END {
    seen = 0
    for (f in files) seen++
    if (seen < 20) { print "only " seen " files with includes were seen"; bad++ }
    exit bad > 0
}'
