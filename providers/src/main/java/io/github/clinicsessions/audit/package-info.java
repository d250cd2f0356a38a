/**
 * The ledger: what happened to whose session, by whom and why. Rows are append only; other rooms write them through
 * {@code LedgerStoreProvider} or {@code LedgerQueue}. No entity leaves {@code audit.jpa}.
 */
@NullMarked
package io.github.clinicsessions.audit;

import org.jspecify.annotations.NullMarked;
