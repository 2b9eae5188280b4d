# what a user of Wireshark needs to read
dist_doc_DATA += %D%/wireshark.md %D%/wireshark.png
