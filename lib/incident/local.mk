# sources of lib/incident
