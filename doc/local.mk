# doc
include doc/mkpcap.mk
include doc/abi.mk
dist_doc_DATA += %D%/protocol.md
