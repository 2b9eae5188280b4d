# doc
include doc/mkpcap.mk
