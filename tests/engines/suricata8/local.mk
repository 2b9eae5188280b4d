# Suricata 8 with its adapter
