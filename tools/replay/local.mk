# smin-replay: everything but main in a convenience library, so that tests can call it
noinst_LTLIBRARIES += libtool_replay.la
libtool_replay_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
libtool_replay_la_SOURCES = \
	%D%/batch.c \
	%D%/case_conf.c %D%/case_conf.h \
	%D%/case_report.c \
	%D%/cases.c \
	%D%/compiling.c %D%/compiling.h \
	%D%/dump.c \
	%D%/evidence.c %D%/evidence.h \
	%D%/evidence_folder.c %D%/evidence_folder.h \
	%D%/evidence_json.c \
	%D%/evidence_note.c %D%/evidence_note.h \
	%D%/evidence_page.c \
	%D%/evidence_select.c %D%/evidence_select.h \
	%D%/evidence_slice.c %D%/evidence_slice.h \
	%D%/evidence_store.c %D%/evidence_store.h \
	%D%/evidence_wanted.c %D%/evidence_wanted.h \
	%D%/evidence_watch.c %D%/evidence_watch.h \
	%D%/facts.c %D%/facts.h \
	%D%/inject.c %D%/inject.h \
	%D%/inject_frame.c %D%/inject_frame.h \
	%D%/inject_libnet.c %D%/inject_libnet.h \
	%D%/inject_main.c \
	%D%/inject_pace.c %D%/inject_pace.h \
	%D%/inputs.c \
	%D%/limits.c %D%/limits.h \
	%D%/options.c %D%/options.def %D%/options.h \
	%D%/order.c %D%/order.h \
	%D%/outputs.c %D%/outputs.h \
	%D%/profile.c %D%/profile.h \
	%D%/progress.c \
	%D%/report.c \
	%D%/rows.c %D%/rows.h \
	%D%/rule_cache.c %D%/rule_cache.h \
	%D%/setup.c \
	%D%/store.c %D%/store.h \
	%D%/summary.c \
	%D%/tally.c \
	%D%/tool.c %D%/tool.h \
	%D%/write_whole.c %D%/write_whole.h
libtool_replay_la_CFLAGS = $(AM_CFLAGS) $(LIBMD_CFLAGS)
libtool_replay_la_LIBADD = libreplay.la libreport.la libincident.la $(LIBMD_LIBS) $(LIBNET_LIBS)

bin_PROGRAMS += %D%/smin-replay
tools_replay_smin_replay_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tools_replay_smin_replay_SOURCES = %D%/main.c
tools_replay_smin_replay_LDADD = libtool_replay.la libtftp.la libftp.la libsealed.la libbuiltinrules.la libsminhost.la libsmin.la
if WITH_LIBHTP
tools_replay_smin_replay_LDADD += libhttp.la
endif
EXTRA_DIST += %D%/NOTES.md
