# Snort 3 with its adapter
