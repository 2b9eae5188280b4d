# lib/replay: from the capture file to TCP and UDP (capture, dissect, defrag)
libreplay_la_SOURCES += \
	lib/replay/packet.h lib/replay/problem.h \
	lib/replay/run.h lib/replay/sink.h \
	lib/replay/archive_read.c \
	lib/replay/capture.c lib/replay/capture.h lib/replay/capture_state.h \
	lib/replay/capture_clock.c \
	lib/replay/capture_report.c \
	lib/replay/capture_window.c lib/replay/capture_window.h \
	lib/replay/pcap_read.c \
	lib/replay/pcapng_block.c lib/replay/pcapng_block.h \
	lib/replay/pcapng_read.c \
	lib/replay/checksum.c lib/replay/checksum.h \
	lib/replay/defrag.c lib/replay/defrag.h lib/replay/defrag_set.h \
	lib/replay/defrag_pieces.c lib/replay/defrag_room.c lib/replay/defrag_set.c lib/replay/defrag_state.h \
	lib/replay/dissect.c lib/replay/dissect.h lib/replay/dissect_walk.h \
	lib/replay/dissect_transport.c \
	lib/replay/ip.c lib/replay/ip.h \
	lib/replay/link.c lib/replay/link.h \
	lib/replay/tunnel.c
EXTRA_DIST += lib/replay/NOTES.md
