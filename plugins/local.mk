# Where modules are installed, without their ending: each folder adds its own.
SMIN_MODULES =

include plugins/smartinstall/local.mk
include plugins/tftp/local.mk
include plugins/ftp/local.mk
include plugins/sealed/local.mk
include plugins/http/local.mk
include plugins/suricata8/local.mk
include plugins/wireshark/local.mk
include plugins/snort3/local.mk

# libtool's description of a module is of no use to a host.
install-data-hook: smin-drop-module-la
smin-drop-module-la:
	@for module in $(SMIN_MODULES); do rm -f "$(DESTDIR)$$module.la"; done
uninstall-hook: smin-drop-module
smin-drop-module:
	@for module in $(SMIN_MODULES); do rm -f "$(DESTDIR)$$module.so"; done
.PHONY: smin-drop-module-la smin-drop-module
