include tools/replay/local.mk
include tools/mkpcap/local.mk
include tools/validate/local.mk
include tools/bench/local.mk
include tools/compat/local.mk
