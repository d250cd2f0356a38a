package io.github.clinicsessions.audit;

import io.github.clinicsessions.audit.chain.LedgerChainStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.provider.Provider;

/**
 * Where the ledger is kept. Works in the transaction of the Keycloak session it was made for; unshared.
 *
 * <p>An extension point: the default keeps it in Keycloak's database.
 */
public interface LedgerStoreProvider extends Provider {

    /**
     * Writes a row. One whose id is already there is left as it is, so that a retry does no harm; if it was only intended, it
     * is done now.
     */
    void append(LedgerRow row);

    /**
     * Writes a row of something that is about to be done. Until {@link #complete} it says "intended": after a crash it
     * is the trace of what was begun.
     */
    void appendPending(LedgerRow row);

    /** Marks rows of {@link #appendPending} as done. */
    void complete(String realmId, Set<String> rowIds);

    /** Takes back rows of {@link #appendPending}, because nothing of it happened. */
    void withdraw(String realmId, Set<String> rowIds);

    /** The newest start of a session of this person, if the ledger has one: Keycloak uses ids again. */
    Optional<LedgerRow> findStart(String realmId, String userId, String sessionRef);

    /** The newest start or end of a session of this id: Keycloak uses ids again. What is only intended is passed over. */
    Optional<LedgerRow> findLatest(String realmId, String sessionRef);

    /** Whether the ledger has it that this session of this person has ended. */
    boolean hasEnded(String realmId, String userId, String sessionRef);

    /**
     * Whether the ledger has it that this person has said of a session of this id that it was not theirs, at that moment or later.
     *
     * @param since milliseconds since the epoch
     */
    boolean hasReported(String realmId, String userId, String sessionRef, long since);

    /**
     * What was asked for, newest first; rows of the same millisecond by id, downwards.
     *
     * @param first how many rows to pass over, 0 or more
     * @param max 1 to {@value LedgerPage#MAX_ROWS}
     * @throws IllegalArgumentException if one of them is out of bounds
     */
    LedgerPage page(LedgerQuery query, int first, int max);

    /**
     * A way through everything in constant memory: the rows behind the cursor in the order of {@link #page}, in whatever
     * transaction each call is made.
     *
     * @param after null for the newest
     * @param max 1 or more; fewer rows than that are the last ones
     */
    List<LedgerRow> batch(LedgerQuery query, @Nullable LedgerCursor after, int max);

    /** Who has looked at this person's sessions: the newest {@link LedgerAction#SESSIONS_VIEWED} rows, newest first. */
    List<LedgerRow> viewsOf(String realmId, String userId, int max);

    /** The tamper evidence of this store. */
    LedgerChainStore chain();
}
