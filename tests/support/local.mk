# tests/support: what several test programs share
check_LTLIBRARIES += libtestsupport.la
libtestsupport_la_SOURCES = \
	%D%/failing_alloc.c %D%/failing_alloc.h \
	%D%/guard_page.c %D%/guard_page.h \
	%D%/hexfile.c %D%/hexfile.h \
	%D%/recording_sink.c %D%/recording_sink.h \
	%D%/rule_names.h \
	%D%/same_rule.c %D%/same_rule.h
libtestsupport_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -DSMIN_TESTS_SRCDIR='"$(abs_top_srcdir)"'

EXTRA_DIST += %D%/NOTES.md tests/vectors/NOTES.md \
	tests/vectors/r03_capabilities_resp.hex \
	tests/vectors/r04_status_1.hex \
	tests/vectors/r09_backup_resp.hex \
	tests/vectors/t02_download_image_now.hex \
	tests/vectors/t02_download_image_sched.hex \
	tests/vectors/t02_image_list_unterminated.hex \
	tests/vectors/t03_download_config_2359.hex \
	tests/vectors/t03_download_config_http.hex \
	tests/vectors/t03_download_config_minute60.hex \
	tests/vectors/t03_download_config_multi.hex \
	tests/vectors/t03_download_config_sched.hex \
	tests/vectors/t03_go_siet_malformed.hex \
	tests/vectors/t03_gvm_truncated.hex \
	tests/vectors/t03_smi_check_v1_uuid.hex \
	tests/vectors/t03_test2016_random_file.hex \
	tests/vectors/t04_capabilities_req_v0.hex \
	tests/vectors/t04_capabilities_req_v1.hex \
	tests/vectors/t04_probe_go_siet_28b.hex \
	tests/vectors/t05_execute.hex \
	tests/vectors/t05_execute_go_siet.hex \
	tests/vectors/t07_init_discovery_216.hex \
	tests/vectors/t07_init_discovery_28.hex \
	tests/vectors/t07_init_discovery_29.hex \
	tests/vectors/t07_init_discovery_len0.hex \
	tests/vectors/t07_init_discovery_lenmismatch.hex \
	tests/vectors/t08_backup_tlv2_brutasse.hex \
	tests/vectors/t08_backup_tlv2_tftpserver.hex \
	tests/vectors/t08_backup_tlv3_legitimate_shape.hex \
	tests/vectors/t08_backup_tlv3_msf.hex \
	tests/vectors/t08_backup_tlv3_siet.hex \
	tests/vectors/t08_backup_tlv3_siet_2016.hex \
	tests/vectors/t08_go_siet_malformed.hex \
	tests/vectors/t09_backup_done.hex \
	tests/vectors/t10_backup_record_ff.hex \
	tests/vectors/t10_t08_pipelined.hex \
	tests/vectors/tftp_error_nuclei.hex \
	tests/vectors/tftp_rrq_execute_txt.hex \
	tests/vectors/tftp_rrq_random_file.hex \
	tests/vectors/tftp_rrq_startup_config.hex \
	tests/vectors/tftp_rrq_tar_imglist0.hex \
	tests/vectors/tftp_wrq_target_conf.hex \
	tests/vectors/x_alrikrr_ascii_hex.hex \
	tests/vectors/x_nmap_firebird_probe.hex
