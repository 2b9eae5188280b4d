# The adapter for Snort 3.
