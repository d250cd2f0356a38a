/**
 * The ledger's tamper evidence: a chain of hashes per realm, seals signed with the realm's key, the check of both, and the
 * retention that cuts the chain. The formats are documented in {@code docs/ledger.md} and checked offline by {@code
 * docs/verify-ledger}: a change here is a change there. Nothing here runs in a sign-in.
 */
@NullMarked
package io.github.clinicsessions.audit.chain;

import org.jspecify.annotations.NullMarked;
