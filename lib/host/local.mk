# sources of lib/host
