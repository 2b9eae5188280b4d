# tests/unit/replay/test_flow
