# what a user of Suricata 8 needs to read
