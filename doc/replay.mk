# doc: smin-replay and its records
dist_man_MANS += doc/smin-replay.1
dist_pkgdata_DATA += doc/smin.schema.json doc/case.schema.json
dist_doc_DATA += doc/case.md doc/report.png
bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = doc/completion/smin-replay
