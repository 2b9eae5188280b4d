# tests/unit/replay/test_input
