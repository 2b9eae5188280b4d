# tests/unit/device
if WITH_CRITERION
check_PROGRAMS += tests/unit/device/test_device
TESTS += tests/unit/device/test_device
tests_unit_device_test_device_SOURCES = %D%/lines.def %D%/test_compare.c %D%/test_ios_lines.c %D%/test_ios_masking.c %D%/test_ios_text.c %D%/test_vstack.c
tests_unit_device_test_device_CFLAGS = $(AM_CFLAGS) $(CRITERION_CFLAGS)
tests_unit_device_test_device_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_device_test_device_LDADD = libtestsupport.la libdevice.la $(CRITERION_LIBS)
endif
