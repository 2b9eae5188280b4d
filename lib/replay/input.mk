# lib/replay: from the capture file to TCP and UDP (capture, dissect, defrag)
libreplay_la_SOURCES += \
	lib/replay/capture.h lib/replay/defrag.h lib/replay/packet.h lib/replay/problem.h \
	lib/replay/checksum.c lib/replay/checksum.h \
	lib/replay/dissect.c lib/replay/dissect.h lib/replay/dissect_walk.h \
	lib/replay/dissect_transport.c \
	lib/replay/ip.c lib/replay/ip.h \
	lib/replay/link.c lib/replay/link.h \
	lib/replay/tunnel.c
