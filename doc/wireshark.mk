# what a user of Wireshark needs to read
