# what a user of Snort 3 needs to read
dist_doc_DATA += %D%/snort3.md
