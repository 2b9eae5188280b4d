# lib/replay: flows, streams and the run that feeds inspectors
libreplay_la_SOURCES += \
	%D%/drive.c %D%/drive.h \
	%D%/expect.c %D%/expect.h \
	%D%/file_carry.c %D%/file_carry.h \
	%D%/file_judge.c %D%/file_judge.h \
	%D%/file_type.c %D%/file_type.h \
	%D%/flow_arena.c %D%/flow_arena.h \
	%D%/flow_feed.c %D%/flow_feed.h \
	%D%/flow_hash.h \
	%D%/flow_life.c %D%/flow_life.h \
	%D%/flow_path.c %D%/flow_path.h \
	%D%/flow_record.h \
	%D%/flow_report.c %D%/flow_report.h \
	%D%/flow_slots.c %D%/flow_slots.h \
	%D%/flow_state.h \
	%D%/flow_table.c %D%/flow_table.h \
	%D%/flow_view.c %D%/flow_view.h \
	%D%/packet_judge.c %D%/packet_judge.h \
	%D%/pump.h \
	%D%/reread.c %D%/reread.h \
	%D%/run.c \
	%D%/tcp_hold.c %D%/tcp_hold.h \
	%D%/tcp_light.c \
	%D%/tcp_overlap.c %D%/tcp_overlap.h \
	%D%/tcp_state.c %D%/tcp_state.h \
	%D%/tcp_stream.c %D%/tcp_stream.h \
	%D%/trail.c %D%/trail.h \
	%D%/udp.c %D%/udp.h
