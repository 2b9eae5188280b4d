# The inspector as a loadable object.
smin_plugindir = $(libdir)/smin/plugins
smin_plugin_LTLIBRARIES = smartinstall.la
smartinstall_la_SOURCES = %D%/entry.c
smartinstall_la_LIBADD = libcore.la
# A module linked with the convenience library would export all its public functions without the expression.
smartinstall_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^smin_plugin_entry$$'
EXTRA_DIST += %D%/README %D%/NOTES.md

# libtool's description of a module is of no use to a host.
install-data-hook: smin-drop-module-la
smin-drop-module-la:
	rm -f $(DESTDIR)$(smin_plugindir)/smartinstall.la
uninstall-hook: smin-drop-module
smin-drop-module:
	rm -f $(DESTDIR)$(smin_plugindir)/smartinstall.so
.PHONY: smin-drop-module-la smin-drop-module
