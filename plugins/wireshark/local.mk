# The adapter for Wireshark: built for the version that pkg-config finds, and for no other.
EXTRA_DIST += %D%/NOTES.md %D%/README
SMIN_WIRESHARK_SOURCES = \
	%D%/adapter.c %D%/adapter.h \
	%D%/built_in.c %D%/built_in.h \
	%D%/connection.c %D%/connection.h \
	%D%/dissect.c %D%/dissect.h \
	%D%/draw.c %D%/draw.h %D%/draw_fields.c \
	%D%/exchange.c %D%/exchange.h \
	%D%/feed.c %D%/feed.h \
	%D%/hold.c %D%/hold.h \
	%D%/keep.c %D%/keep.h \
	%D%/names.c %D%/names.h \
	%D%/plugin.c \
	%D%/statistics.c %D%/statistics.h \
	%D%/stream.c %D%/stream.h \
	%D%/transfer.c %D%/transfer.h \
	%D%/withheld.c %D%/withheld.h \
	%D%/ws.h
if WITH_WIRESHARK
smin_wiresharkdir = $(WIRESHARK_PLUGINDIR)
smin_wireshark_LTLIBRARIES = smin-wireshark.la
smin_wireshark_la_SOURCES = $(SMIN_WIRESHARK_SOURCES)
smin_wireshark_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
smin_wireshark_la_CFLAGS = $(AM_CFLAGS) $(WIRESHARK_CFLAGS)
smin_wireshark_la_LIBADD = $(SMIN_HOST_ARCHIVES) $(WIRESHARK_LIBS)
smin_wireshark_la_DEPENDENCIES = libhost.la librecord.la libcore.la
smin_wireshark_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -no-undefined \
	-export-symbols-regex '^plugin_(version|want_major|want_minor|register|describe)$$'
SMIN_MODULES += $(smin_wiresharkdir)/smin-wireshark

# For one user, without root.
smin_wireshark_personal = $${HOME}/.local/lib/wireshark/plugins/$(WIRESHARK_VERSION)/epan
install-wireshark-personal: smin-wireshark.la
	$(MKDIR_P) "$(DESTDIR)$(smin_wireshark_personal)"
	$(INSTALL_PROGRAM) .libs/smin-wireshark.so "$(DESTDIR)$(smin_wireshark_personal)/smin-wireshark.so"
	@echo "see whether it is found: tshark -G plugins | grep smin"
else
EXTRA_DIST += $(SMIN_WIRESHARK_SOURCES)
endif
.PHONY: install-wireshark-personal
