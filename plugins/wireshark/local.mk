# The adapter for Wireshark.
