# tests/unit/rule
