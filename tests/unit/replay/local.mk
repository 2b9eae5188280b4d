# tests/unit/replay
