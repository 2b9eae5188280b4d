#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The adapter asks the engine for nothing that it does not have; an engine of another API number says so; settings that
# cannot be followed are told in one line, and the engine goes on.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
. "$SMIN_SRCDIR/tests/engines/suricata8/adapter.sh"
key=app-layer.protocols.smin

# The program itself, behind what starts it.
program=$engine
[ ! -d "$unpacked/usr/bin" ] || program=$unpacked/usr/bin/suricata
${NM:-nm} -D --defined-only "$program" | sed 's/.* //' | sort -u >"$work/offered"
${NM:-nm} -D "$adapter" | sed -n 's/^ *U \([A-Z][A-Za-z0-9]*\)$/\1/p' | sort -u >"$work/wanted"
[ "$(wc -l <"$work/wanted")" -ge 30 ] || { echo "too few functions of the engine were found in the adapter" >&2; exit 1; }
comm -23 "$work/wanted" "$work/offered" >"$work/missing"
[ ! -s "$work/missing" ] || { echo "the engine does not offer:" >&2; cat "$work/missing" >&2; bad=1; }

# said TITLE TEXT [OPTION...]: the line is there, nothing of the protocol is registered.
said()
{
	title=$1
	text=$2
	shift 2
	run good/siet-probe "$work/no.rules" "$@" || wrong "$title: the engine failed"
	grep -qE "$text" "$work/out/log" || wrong "$title: the line is missing: $text"
	expect "$title" 0 '.event_type == "smin"'
}
eve=outputs.0.eve-log.types
said "disabled" '^Notice: .*smin is disabled: app-layer.protocols.smin.enabled' --set $key.enabled=no
said "found, but not parsed" '^Notice: .*smin is found, but not parsed' --set $key.enabled=detection-only
said "no such inspector" '^Error: .*no inspector, nothing is registered: /nowhere/other.so' --set $key.inspector=/nowhere/other.so
said "a file that is no inspector" '^Error: .*no inspector, nothing is registered: .*siet-probe/input.pcap' \
	--set "$key.inspector=$SMIN_SRCDIR/pcaps/good/siet-probe/input.pcap"
said "an unknown setting" '^Error: .*cannot be started' --set $key.settings.no_such_setting=1
said "a depth that is no size" '^Error: .*stream-depth: "deep" is no size' --set $key.stream-depth=deep

run good/siet-probe "$work/no.rules" --set $key.settings.limit.thread_bytes=100000000 || wrong "the engine failed"
expect "a setting with a dot" 1 '.event_type == "smin" and .smin.direction == "to_server"'
content || wrong "a setting with a dot"
run evasion/other-port "$work/no.rules" --set $key.detection-ports.dp=1234 || wrong "the engine failed"
expect "other hints of ports" 1 '.event_type == "smin"'

# Another inspector, from a file: the same one, and one that knows another protocol.
run good/siet-probe "$work/no.rules" --set "$key.inspector=$SMIN_BUILDDIR/.libs/smartinstall.so" || wrong "the engine failed"
grep -q "smin: org.smin.smartinstall .*/.libs/smartinstall.so" "$work/out/log" || wrong "it does not say where its inspector is from"
expect "an inspector from a file" 1 '.event_type == "smin" and .smin.direction == "to_server"'
if [ -f "$SMIN_BUILDDIR/tests/abi/.libs/dummy.so" ]; then
	run good/siet-probe "$work/no.rules" --set "$key.inspector=$SMIN_BUILDDIR/tests/abi/.libs/dummy.so" --set $eve.2=toyline ||
		wrong "the engine failed with another protocol"
	content || wrong "another protocol"
fi

# What an engine says to a plugin of another API number. Ours is refused by an engine of another one in the same words.
cat >"$work/other.c" <<'SOURCE'
#include "suricata8/engine_api.h"
static void init(void)
{
}
static struct smini_engine_plugin plugin = {SMINI_ENGINE_API_NUMBER + 0x100, "9.0.x", "other", "1", "none", "nobody", init};
struct smini_engine_plugin *SCPluginRegister(void);
struct smini_engine_plugin *SCPluginRegister(void)
{
	return &plugin;
}
SOURCE
# shellcheck disable=SC2086
${SMIN_CC:-cc} -std=gnu11 -shared -fPIC -I"$SMIN_SRCDIR/plugins" -o "$work/other.so" "$work/other.c"
mine=$adapter
adapter=$work/other.so
status=0
run good/siet-probe "$work/no.rules" || status=$?
[ "$status" -ne 0 ] || grep -q 'Error: .*Suricata and plugin versions differ: plugin has 900 (1) vs Suricata 800' "$work/out/log" ||
	wrong "another API number"
adapter=$mine
exit $bad
