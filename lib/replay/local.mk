# Three fragments, so that input, pump and records can grow side by side.
include lib/replay/input.mk
include lib/replay/pump.mk
include lib/replay/record.mk
