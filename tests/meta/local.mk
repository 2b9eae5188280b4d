# tests/meta
