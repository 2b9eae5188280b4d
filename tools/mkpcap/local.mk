# mkpcap
