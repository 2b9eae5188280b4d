# tests of the record side
