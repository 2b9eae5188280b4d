dist_man_MANS += doc/smin-validate.1
include doc/examples/local.mk
