# Wireshark with its adapter
