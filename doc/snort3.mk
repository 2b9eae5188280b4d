# what a user of Snort 3 needs to read
