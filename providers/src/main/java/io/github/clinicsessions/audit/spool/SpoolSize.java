package io.github.clinicsessions.audit.spool;

/** How much is in a file. */
record SpoolSize(int rows, long bytes) {}
