/**
 * Where ledger rows wait on the disk of this server while the database does not take them. Knows files and rows, and nothing of
 * Keycloak or of databases: whoever retries says how a row is written.
 */
@NullMarked
package io.github.clinicsessions.audit.spool;

import org.jspecify.annotations.NullMarked;
