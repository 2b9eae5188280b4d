# The inspector's side of the ABI, for every inspector. It needs libbase.la, which whoever links it names: two convenience
# libraries may not both hold it.
noinst_LTLIBRARIES += libguest.la
libguest_la_SOURCES = %D%/guest.c %D%/guest.h %D%/name.c %D%/name.h
EXTRA_DIST += %D%/NOTES.md
