dist_man_MANS += doc/smin-validate.1
