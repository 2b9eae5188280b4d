# tests/oom
