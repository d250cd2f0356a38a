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
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
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

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    /** Longer than any sign-in's request lasts after its session has begun. */
    private static final int ON_ITS_WAY_SECONDS = 60;

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
     * @param reached for the ledger; null if there is no limit
     * @param isAgain whether it has been looked after before, which failed: it may be registered since
     */
    record Begun(
            String userId,
            @Nullable LivingSession newcomer,
            @Nullable SessionLimit limit,
            Set<String> chosen,
            DoneBy by,
            @Nullable LedgerRow reached,
            boolean isAgain) {

        private Begun again() {
            return new Begun(userId, newcomer, limit, chosen, by, reached, true);
        }
    }

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
            SessionLimits.SignIn signIn = limits.signIn(user, newcomer);
            SessionLimit limit = isNew ? limits.ofBegun(realm, user, signIn).orElse(null) : null;
            if (limit != null || !signIn.chosen().isEmpty()) {
                LedgerRow reached = limit == null
                        ? null
                        : SessionLimits.reached(realm, user, limit, LimitOutcome.ENDED, by.ipAddress());
                Begun begun = new Begun(user.getId(), newcomer, limit, signIn.chosen(), by, reached, false);
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
            LOG.errorf(e, "user %s may have more sessions than allowed", begun.userId());
            lookAgain();
        }
    }

    private void lookAgain() {
        Begun again = begun.again();
        if (!begun.isAgain()
                && !SessionEventListenerFactory.background(session)
                        .runLater(
                                AGAIN_AFTER,
                                session.getKeycloakSessionFactory(),
                                realm.getId(),
                                (own, ownRealm) -> new SessionLimitKeeper(own, ownRealm, again).look())) {
            LOG.errorf("it is not looked at again: too much waits for this server");
        }
    }

    /** In one transaction that has the person's lock, and again if that fails. No second connection while the lock is held. */
    private Collection<LivingSession> decide(KeycloakSession own, RealmModel ownRealm, UserModel user) {
        boolean isAdmitted = admit(own) && !begun.isAgain();
        CountedSessions there = CountedSessions.of(own, ownRealm, user);
        LivingSession newcomer = begun.newcomer();
        comeBack = newcomer == null ? null : comeBack(there.comeBack().get(newcomer.sessionId()), isAdmitted);
        if (isAdmitted || (newcomer != null && !there.living().containsKey(newcomer.sessionId()))) {
            return List.of(); // no room was needed, or is needed any more
        }
        List<String> chosen = begun.chosen().stream()
                .filter(id -> newcomer == null || !id.equals(newcomer.sessionId()))
                .filter(there.living()::containsKey)
                .toList();
        List<String> tooMany = tooMany(there, chosen);
        if (newcomer != null && tooMany.contains(newcomer.sessionId())) {
            chosen = List.of(); // they were to make room for it
            tooMany = tooMany(there, chosen);
        }
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
        LivingSession newcomer = begun.newcomer();
        String id = newcomer == null ? "" : newcomer.sessionId();
        List<Counted> left = there.counted().stream()
                .filter(one -> !chosen.contains(one.id()))
                .filter(one -> newcomer == null || one.id().equals(id) || !isOnItsWay(one))
                .toList();
        return LimitPolicy.surplus(left, limit, id).stream().map(Counted::id).toList();
    }

    /** It has begun a moment ago, and its own look will come: who came first is who is let in first. */
    private static boolean isOnItsWay(Counted one) {
        return one.registeredAt() == Long.MAX_VALUE && one.startedAt() > Time.currentTimeSeconds() - ON_ITS_WAY_SECONDS;
    }
}
