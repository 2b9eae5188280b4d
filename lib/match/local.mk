# sources of lib/match
