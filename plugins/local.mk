include plugins/smartinstall/local.mk
include plugins/suricata8/local.mk
include plugins/wireshark/local.mk
include plugins/snort3/local.mk
