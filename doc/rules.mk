dist_doc_DATA += %D%/rules.md
