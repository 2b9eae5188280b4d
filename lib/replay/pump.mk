# lib/replay: flows, streams and the run that feeds inspectors
