# mkpcap
EXTRA_DIST += tools/mkpcap/NOTES.md
if WITH_LIBNET
noinst_PROGRAMS += tools/mkpcap/smin-mkpcap
endif
tools_mkpcap_smin_mkpcap_SOURCES = \
	tools/mkpcap/arguments.c tools/mkpcap/arguments.h \
	tools/mkpcap/body.c tools/mkpcap/body.h \
	tools/mkpcap/capture_file.c tools/mkpcap/capture_file.h \
	tools/mkpcap/conversation.c tools/mkpcap/conversation.h \
	tools/mkpcap/damage.c tools/mkpcap/damage.h \
	tools/mkpcap/frames.c tools/mkpcap/frames.h \
	tools/mkpcap/main.c \
	tools/mkpcap/message.c tools/mkpcap/message.h \
	tools/mkpcap/packets_libnet.c tools/mkpcap/packets.h \
	tools/mkpcap/perturb.c tools/mkpcap/perturb.h \
	tools/mkpcap/perturb_overlap.c tools/mkpcap/perturb_segments.c \
	tools/mkpcap/random.h \
	tools/mkpcap/settings.c tools/mkpcap/settings.h \
	tools/mkpcap/store.c tools/mkpcap/store.h \
	tools/mkpcap/talk.c tools/mkpcap/talk.h \
	tools/mkpcap/words.c tools/mkpcap/words.h \
	tools/mkpcap/wrap.c tools/mkpcap/wrap.h
tools_mkpcap_smin_mkpcap_CFLAGS = $(AM_CFLAGS)
tools_mkpcap_smin_mkpcap_LDADD = libbase.la $(LIBNET_LIBS)
