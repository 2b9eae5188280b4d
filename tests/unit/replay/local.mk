# Three fragments, so that input, pump and records can grow side by side.
include tests/unit/replay/input.mk
include tests/unit/replay/pump.mk
include tests/unit/replay/record.mk
