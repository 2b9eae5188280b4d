# sources of lib/replay
