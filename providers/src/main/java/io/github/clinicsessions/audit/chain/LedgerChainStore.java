package io.github.clinicsessions.audit.chain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chain as the ledger store keeps it. Works in the transaction of the Keycloak session it was made for; unshared. */
public interface LedgerChainStore {

    /** Realms that exist and have rows that are done and have no place in the chain yet. */
    List<String> realmsToChain();

    /** Realms that exist and have a chain. */
    List<String> realmsWithChain();

    /** Realms that have rows or a chain and do not exist any more. */
    List<String> deletedRealms();

    /** The realm's head; {@link ChainHead#NONE} if there is none. */
    ChainHead head(String realmId);

    /**
     * The realm's head, locked until the end of the transaction; made if there is none. Empty if somebody else holds the
     * lock: nothing waits here, and the transaction must end then.
     */
    Optional<ChainHead> lockHead(String realmId);

    /** Gives at most {@code limit} rows that are done their places behind the locked head, oldest first; the new head. */
    ChainHead append(String realmId, ChainHead head, int limit);

    /** Rows in order of place and id; see {@link ChainPages#rows}. */
    List<ChainRow> rows(String realmId, long afterSeq, @Nullable String afterId, int limit);

    /** Seals after a number, in order. */
    List<Seal> seals(String realmId, long afterNo, int limit);

    Optional<Seal> lastSeal(String realmId);

    /** The last row that the realm's seals have, 0 if there is none. */
    long sealedUpTo(String realmId);

    /** The cut that reaches furthest. */
    Optional<Seal> lastCut(String realmId);

    /** Needs the locked head. */
    void addSeal(Seal seal);

    /** Rows that have no place in the chain. */
    long countUnchained(String realmId);

    /** Rows with a place up to and including this one. */
    long countUpTo(String realmId, long seq);

    /** The last seal of rows such that every row up to its last one happened before; empty without such a seal. */
    Optional<Seal> lastSealBefore(String realmId, long occurredBefore);

    /** Deletes at most {@code limit} rows up to and including this place; answers how many. */
    int deleteUpTo(String realmId, long seq, int limit);

    /** Deletes at most {@code limit} rows that happened before and have no place in the chain; answers how many. */
    int deleteUnchained(String realmId, long occurredBefore, int limit);

    /** Deletes at most {@code limit} seals that were made before the one of rows up to this place; answers how many. */
    int deleteSealsBefore(String realmId, long anchorSeq, int limit);

    /** Deletes seals and head of a realm that has no rows left. */
    void forget(String realmId);
}
