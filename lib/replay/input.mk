# lib/replay: from the capture file to TCP and UDP (capture, dissect, defrag)
