# tests/unit/incident
