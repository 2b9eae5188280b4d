# Engines with our adapters in them, against smin-replay and against each other.
include tests/engines/suricata8/local.mk
include tests/engines/wireshark/local.mk
include tests/engines/snort3/local.mk
