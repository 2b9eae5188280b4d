# tests/unit/host
