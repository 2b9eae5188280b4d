# tests/unit/decode
