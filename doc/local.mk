# doc
include doc/replay.mk
include doc/mkpcap.mk
include doc/abi.mk
include doc/rules.mk
include doc/suricata8.mk
include doc/wireshark.mk
include doc/snort3.mk
dist_doc_DATA += %D%/protocol.md %D%/configurations.md
