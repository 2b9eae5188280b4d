# what a user of Suricata 8 needs to read
dist_doc_DATA += %D%/suricata.md
