# sources of lib/rule
