# doc
include doc/mkpcap.mk
include doc/abi.mk
