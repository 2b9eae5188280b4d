# tests/unit/inspect
