# The adapter for Suricata 8.
smin_suricata8dir = $(libdir)/smin/suricata8
smin_suricata8_LTLIBRARIES = smin-suricata8.la
noinst_LTLIBRARIES += libsuricata8.la
# All but the one symbol that the engine asks for: tests link it with an engine of their own.
libsuricata8_la_SOURCES = \
	%D%/adapter.h \
	%D%/counters.c %D%/counters.h \
	%D%/engine_api.h %D%/engine_api_0800.h %D%/engine_detect.h \
	%D%/event.c %D%/event.h \
	%D%/flow.c %D%/flow.h \
	%D%/flow_facts.c %D%/flow_facts.h \
	%D%/frame.c %D%/frame.h \
	%D%/keyword.c %D%/keyword.h \
	%D%/keyword_slot.c %D%/keyword_slot.h \
	%D%/log.c %D%/log.h \
	%D%/own_alerts.c %D%/own_alerts.h \
	%D%/own_rules.c %D%/own_rules.h \
	%D%/probe.c %D%/probe.h \
	%D%/record.c %D%/record.h \
	%D%/register.c %D%/register.h \
	%D%/settings.c %D%/settings.h \
	%D%/start.c %D%/start.h \
	%D%/store.c %D%/store.h \
	%D%/thread_slot.c %D%/thread_slot.h \
	%D%/transaction.c %D%/transaction.h
libsuricata8_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
smin_suricata8_la_SOURCES = %D%/entry.c
smin_suricata8_la_CPPFLAGS = $(libsuricata8_la_CPPFLAGS)
smin_suricata8_la_LIBADD = libsuricata8.la $(SMIN_HOST_ARCHIVES)
smin_suricata8_la_DEPENDENCIES = libsuricata8.la libhost.la librecord.la libcore.la
# What the engine offers stays undefined: it is there when the engine loads the plugin.
smin_suricata8_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -export-symbols-regex '^SCPluginRegister$$'
SMIN_MODULES += $(smin_suricata8dir)/smin-suricata8
EXTRA_DIST += %D%/NOTES.md %D%/smin-plugin.yaml.in

# A fragment of the engine's configuration, with the paths of this installation in it.
smin_suricata8_fragmentdir = $(pkgdatadir)/suricata
nodist_smin_suricata8_fragment_DATA = %D%/smin-plugin.yaml
CLEANFILES += %D%/smin-plugin.yaml
%D%/smin-plugin.yaml: %D%/smin-plugin.yaml.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e 's|@suricata8dir[@]|$(smin_suricata8dir)|g' \
		-e 's|@pkgdatadir[@]|$(pkgdatadir)|g' $(srcdir)/plugins/suricata8/smin-plugin.yaml.in >$@.tmp && mv $@.tmp $@
