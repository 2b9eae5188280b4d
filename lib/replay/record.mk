# lib/replay: what is written: records, transfers, evidence
