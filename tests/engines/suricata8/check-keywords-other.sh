#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Keywords belong to the inspector: with one of another protocol, from a file, its fields and events are keywords, and ours
# are none.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/engines/suricata8/adapter.sh"
other=$SMIN_BUILDDIR/tests/abi/.libs/dummy.so
[ -f "$other" ] || { echo "SKIPPED: the toy inspector was not built" >&2; exit 77; }
[ -x "$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }

cat >"$work/talk.txt" <<'TALK'
connection one client=198.51.100.7:40001 server=192.0.2.10:7007
open
> text "HELLO world\n"
< text "WELCOME \n"
> text "SEND a longer argument\nSTOP x\n"
> text "NEVER ended"
close
TALK
"$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap" -o "$work/talk.pcap" "$work/talk.txt"
cat >"$work/right.rules" <<'RULES'
alert toyline any any -> any any (toyline.verb; content:"HELLO"; startswith; endswith; toyline.argument; content:"world"; bsize:5; sid:1;)
alert toyline any any -> any any (toyline.argument_bytes:>5; toyline.verb; content:"SEND"; sid:2;)
alert toyline any any -> any any (toyline.argument_bytes:count 1; toyline.verb; content:!"E"; sid:3;)
alert toyline any any -> any any (flow:to_client; toyline.verb; pcre:"/^WEL/"; sid:4;)
alert toyline any any -> any any (app-layer-event:toyline.line_cut; toyline.verb; content:"NEVER"; sid:5;)
alert toyline any any -> any any (toyline.verb; content:"GOODBYE"; sid:6;)
RULES
echo 'alert tcp any any -> any any (smin.type:8; sid:7;)' >"$work/ours.rules"
set -- --set "plugins.0=$adapter" --set "app-layer.protocols.smin.inspector=$other" --set outputs.0.eve-log.types.2=toyline

mkdir "$work/out"
suricata "$work/right.rules" "$work/out" "$@" -r "$work/talk.pcap" --runmode single --init-errors-fatal >"$work/out/log" 2>&1 ||
	wrong "the engine failed"
content || wrong "the engine is not content"
jq -r 'select(.event_type == "alert") | "\(.alert.signature_id) \(.src_ip) \(.app_proto)"' "$work/out/eve.json" | sort >"$work/alerts"
cat >"$work/wanted" <<'WANTED'
1 198.51.100.7 toyline
2 198.51.100.7 toyline
3 198.51.100.7 toyline
4 192.0.2.10 toyline
5 198.51.100.7 toyline
WANTED
diff "$work/wanted" "$work/alerts" >&2 || wrong "other alerts than these"

suricata "$work/ours.rules" "$work/out" "$@" -T --init-errors-fatal >"$work/out/log" 2>&1 && wrong "our keyword is known"
grep -q "unknown rule keyword 'smin.type'" "$work/out/log" || wrong "our keyword is refused for another reason"
exit $bad
