# The build's own tool is not installed, and neither is its page.
EXTRA_DIST += doc/smin-mkpcap.1
