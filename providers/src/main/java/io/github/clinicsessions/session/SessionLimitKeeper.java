package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.limit.Counted;
import io.github.clinicsessions.limit.LimitOutcome;
import io.github.clinicsessions.limit.LimitPolicy;
import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.LimitLocks;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Looks again when a session has begun and is committed, before the sign-in is answered: whoever counts before that, as an
 * authenticator does, cannot see who signs in at the same time. Of one person these looks are taken one after another on all nodes,
 * and each sees the sessions of all that came before and what those have decided: so there are never more left than allowed, and none
 * decides on what another has already. One per sign-in; never fails it.
 */
final class SessionLimitKeeper {

    private static final Logger LOG = Logger.getLogger(SessionLimitKeeper.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Begun begun;

    private @Nullable EndedSession comeBack;

    private SessionLimitKeeper(KeycloakSession session, RealmModel realm, Begun begun) {
        this.session = session;
        this.realm = realm;
        this.begun = begun;
    }

    /**
     * A sign-in that has made a session, or has added to one.
     *
     * @param newcomer its session; null if Keycloak does not tell which it is
     * @param limit null for none
     * @param chosen ids of what the person wants to end for it, of whomever they are
     * @param reached for the ledger; null if that has been told already
     */
    record Begun(
            String userId,
            @Nullable LivingSession newcomer,
            @Nullable SessionLimit limit,
            Set<String> chosen,
            DoneBy by,
            @Nullable LedgerRow reached) {}

    /**
     * To be called at the event of a sign-in, of whatever kind, before what registers its session: looks once that has committed.
     *
     * @param isNew whether the session, or its offline access, may have begun in this request
     */
    static void lookAfter(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            @Nullable LivingSession newcomer,
            boolean isNew,
            DoneBy by) {
        try {
            SessionLimits limits = new SessionLimits(session);
            SessionLimits.SignIn signIn = limits.signIn(realm, user, newcomer);
            SessionLimit limit = isNew ? limits.ofBegun(realm, user, signIn).orElse(null) : null;
            if (limit != null || !signIn.chosen().isEmpty()) {
                LedgerRow reached = limit == null || signIn.isTold()
                        ? null
                        : SessionLimits.reached(realm, user, limit, LimitOutcome.ENDED, by.ipAddress());
                Begun begun = new Begun(user.getId(), newcomer, limit, signIn.chosen(), by, reached);
                Transactions.afterCommit(session, () -> new SessionLimitKeeper(session, realm, begun).look());
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "a sign-in of user %s is not held to a session limit", user.getId());
        }
    }

    private void look() {
        try {
            new SessionTerminator(session)
                    .endDecided(realm, begun.userId(), this::decide, EndCause.SESSION_LIMIT, begun.by());
            EndedSession zombie = comeBack;
            if (zombie != null) {
                Transactions.inNew(session, realm, (own, ownRealm) -> {
                    new Settlement(own).settleUnfinished(ownRealm, List.of(zombie));
                    return true;
                });
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "user %s may have more sessions than allowed until the next sign-in", begun.userId());
        }
    }

    /** In one transaction, and again if that fails. No second connection while the lock is held. */
    private Collection<LivingSession> decide(KeycloakSession own, RealmModel ownRealm, UserModel user) {
        new LimitLocks(own).lock(ownRealm.getId(), begun.userId());
        boolean isAdmitted = admit(own);
        CountedSessions there = CountedSessions.of(own, ownRealm, user);
        LivingSession newcomer = begun.newcomer();
        comeBack = newcomer == null ? null : comeBack(there.comeBack().get(newcomer.sessionId()), isAdmitted);
        List<String> chosen = begun.chosen().stream()
                .filter(id -> newcomer == null || !id.equals(newcomer.sessionId()))
                .filter(there.living()::containsKey)
                .toList();
        List<String> tooMany = isAdmitted ? List.of() : tooMany(there, chosen);
        LedgerRow reached = begun.reached();
        if (!tooMany.isEmpty() && reached != null) {
            Transactions.afterCommit(
                    own, () -> SessionEventListenerFactory.queue(session).offer(reached));
        }
        return there.sessions(Stream.concat(chosen.stream(), tooMany.stream()));
    }

    /** Registers the newcomer: the order in which that is done is the order in which sessions are let in. False if it is new. */
    private boolean admit(KeycloakSession own) {
        LivingSession newcomer = begun.newcomer();
        if (newcomer == null) {
            return false;
        }
        boolean isThere = new LivingSessions(own)
                .find(newcomer.realmId(), newcomer.sessionId())
                .filter(registered -> registered.startedAt() >= newcomer.startedAt())
                .isPresent();
        if (!isThere) {
            Registration.beginUnlessEnded(own, newcomer);
        }
        return isThere;
    }

    /**
     * Its end, and this request which has added to it, have crossed. A newcomer that somebody else is about to end, for there are too
     * many, is theirs: only who ends it tells of it.
     */
    private static @Nullable EndedSession comeBack(@Nullable EndedSession tombstone, boolean isAdmitted) {
        return tombstone != null && (isAdmitted || tombstone.done()) ? tombstone : null;
    }

    private List<String> tooMany(CountedSessions there, Collection<String> chosen) {
        SessionLimit limit = begun.limit();
        if (limit == null) {
            return List.of();
        }
        List<Counted> left = there.counted().stream()
                .filter(one -> !chosen.contains(one.id()))
                .toList();
        LivingSession newcomer = begun.newcomer();
        String id = newcomer == null ? "" : newcomer.sessionId();
        return LimitPolicy.surplus(left, limit, id).stream().map(Counted::id).toList();
    }
}
