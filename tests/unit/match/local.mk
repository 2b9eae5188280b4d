# tests/unit/match
