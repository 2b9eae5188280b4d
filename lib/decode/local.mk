# sources of lib/decode
