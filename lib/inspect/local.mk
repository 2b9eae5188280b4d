# sources of lib/inspect
