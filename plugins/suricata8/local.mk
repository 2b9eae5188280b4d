# The adapter for Suricata 8.
