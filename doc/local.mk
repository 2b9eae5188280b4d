# doc
include doc/replay.mk
include doc/mkpcap.mk
include doc/abi.mk
include doc/rules.mk
dist_doc_DATA += %D%/protocol.md
