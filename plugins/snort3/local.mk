# The adapter for Snort 3. What is plain C is built and tested everywhere; the shim where Snort's headers are.
noinst_LTLIBRARIES += libsnortwork.la
libsnortwork_la_SOURCES = \
	%D%/builtin.c %D%/builtin.h \
	%D%/catalogue.c %D%/catalogue.h \
	%D%/conversation.c \
	%D%/copies.c %D%/copies.h \
	%D%/cut.c %D%/cut.h \
	%D%/journal.c %D%/journal.h \
	%D%/judge.c \
	%D%/work.c %D%/work.h %D%/work_state.h
libsnortwork_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins

# To be read by snort.lua, whether the shim was built here or elsewhere.
dist_pkgdata_DATA += %D%/smin.lua
EXTRA_DIST += %D%/NOTES.md

SMINI_SNORT_SHIM = \
	%D%/inspector.cc \
	%D%/module.cc \
	%D%/options.cc \
	%D%/plugin.cc \
	%D%/shim.h \
	%D%/splitter.cc

if WITH_SNORT3
# One file per version of Snort, which has no stable interface: the folder says which.
smin_snort3dir = $(libdir)/smin/snort3/$(SNORT3_VERSION)
smin_snort3_LTLIBRARIES = smin-snort3.la
smin_snort3_la_SOURCES = $(SMINI_SNORT_SHIM)
smin_snort3_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
smin_snort3_la_CXXFLAGS = $(SNORT3_CXXFLAGS) $(SNORT3_CFLAGS)
smin_snort3_la_LIBADD = libsnortwork.la $(SMIN_HOST_ARCHIVES)
smin_snort3_la_DEPENDENCIES = libsnortwork.la libhost.la librecord.la libcore.la
smin_snort3_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -Wl,--exclude-libs,ALL
SMIN_MODULES += $(smin_snort3dir)/smin-snort3
else
EXTRA_DIST += $(SMINI_SNORT_SHIM)
endif
