dist_man_MANS += doc/smin-validate.1
dist_doc_DATA += doc/abi.md doc/architecture.md
include doc/examples/local.mk
