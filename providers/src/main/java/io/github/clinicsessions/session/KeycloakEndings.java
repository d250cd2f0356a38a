package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SignOut;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import io.github.clinicsessions.registry.jpa.SignOuts;
import io.github.clinicsessions.session.Intents.Ending;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What Keycloak ends in a realm in the transaction under way, as its events tell. Before that transaction commits, tombstones
 * and pending ledger rows are committed in one of our own; when it has committed, {@link Settlement} sees to it that nothing
 * of the sessions is left; if it is rolled back, all is taken back. Nothing of this can fail Keycloak's transaction.
 *
 * <p>One per Keycloak session and realm, hence used by one thread.
 */
final class KeycloakEndings {

    private static final Logger LOG = Logger.getLogger(KeycloakEndings.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Map<String, One> sessions = new LinkedHashMap<>();
    private final List<Person> persons = new ArrayList<>();
    private final List<SignOut> signOuts = new ArrayList<>();
    private final VanishedSessions vanished = new VanishedSessions();
    private List<Ending> endings = List.of();

    /**
     * One session ends.
     *
     * @param known what the event, or Keycloak's table at that moment, says of it; the registry's start counts, if it has it
     */
    private record One(LivingSession known, RowOf row) {}

    /** All sessions of a person end; those that Keycloak's table had at the event, before anything was deleted. */
    private record Person(
            String userId, List<LivingSession> persisted, RowOf row, Map<String, List<ClientNotice>> notices) {}

    /** Makes the ledger's row of one of the sessions. */
    @FunctionalInterface
    interface RowOf {
        LedgerRow of(LivingSession session);
    }

    private KeycloakEndings(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    static KeycloakEndings of(KeycloakSession session, RealmModel realm) {
        String key = KeycloakEndings.class.getName() + ' ' + realm.getId();
        KeycloakEndings existing = session.getAttribute(key, KeycloakEndings.class);
        if (existing != null) {
            return existing;
        }
        KeycloakEndings made = new KeycloakEndings(session, realm);
        session.setAttribute(key, made);
        session.sessions(); // enlists Keycloak's own removal, which has to be done before ours
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                made.guarded(made::intend);
            }

            @Override
            protected void rollbackImpl() {
                // nothing is written yet
            }
        });
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                made.guarded(made::settle);
            }

            @Override
            protected void rollbackImpl() {
                made.guarded(made::withdraw);
            }
        });
        return made;
    }

    /**
     * One session ends.
     *
     * @param userId null if the event does not say, then it is looked up and the row made with it
     */
    void session(String sessionId, @Nullable String userId, RowOf row) {
        if (sessions.containsKey(sessionId)) {
            return; // the first event knows best: what follows are Keycloak's consequences
        }
        // Only Keycloak's own table may be read in Keycloak's transaction: what fails here rolls it back.
        LivingSession known = userId != null
                ? new LivingSession(realm.getId(), sessionId, userId, LivingSession.UNKNOWN_START)
                : new PersistedSessions(session).find(realm.getId(), sessionId).orElse(null);
        if (known == null) {
            LOG.debug("the end of a session of which nothing is known is not in the ledger");
            return;
        }
        sessions.put(sessionId, new One(known, row));
    }

    /** All sessions of a person end. */
    void allOf(String userId, RowOf row) {
        allOf(userId, row, Map.of());
    }

    /**
     * The same, where Keycloak tells no client.
     *
     * @param notices what clients are to be told, by session id
     */
    void allOf(String userId, RowOf row, Map<String, List<ClientNotice>> notices) {
        persons.add(new Person(userId, new PersistedSessions(session).ofUser(realm.getId(), userId), row, notices));
    }

    /** All sessions of the realm end that have begun until now. */
    void allOfRealm(DoneBy by) {
        signOuts.add(signOut(null, null, EndCause.REALM_SIGN_OUT, by));
    }

    /** Sessions of a person end that Keycloak leaves alive: all, or all but one. */
    void allButOf(String userId, @Nullable String keptSessionId, EndCause cause, DoneBy by) {
        signOuts.add(signOut(userId, keptSessionId, cause, by));
    }

    private SignOut signOut(@Nullable String userId, @Nullable String keptSessionId, EndCause cause, DoneBy by) {
        return new SignOut(
                UUID.randomUUID().toString(),
                realm.getId(),
                userId,
                keptSessionId,
                cause.name(),
                Time.currentTimeMillis(),
                by.actor().type().name(),
                by.actor().id(),
                by.actor().name(),
                by.ipAddress());
    }

    /** A session may have ended by this, and has if nothing of its id is left when Keycloak's transaction has committed. */
    void maybe(String sessionId, @Nullable String userId, EndCause cause, DoneBy by) {
        vanished.add(sessionId, userId, cause, by);
    }

    /** The same for each session of a person. */
    void maybeAllOf(String userId, EndCause cause, DoneBy by) {
        vanished.addAllOf(userId, cause, by);
    }

    private void intend() {
        if (!signOuts.isEmpty()) {
            guarded(() -> Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
                signOuts.forEach(new SignOuts(own)::add);
                return true;
            }));
        }
        List<Intended> intended = intended();
        if (!intended.isEmpty()) {
            endings = new Intents(session).write(realm, intended);
        }
    }

    private List<Intended> intended() {
        Map<String, Intended> intended = new LinkedHashMap<>();
        sessions.forEach((id, one) ->
                intended.put(id, new Intended(one.known(), one.row().of(one.known()), List.of())));
        for (Person person : persons) {
            Stream.concat(registeredOf(person), person.persisted().stream())
                    .forEach(living -> intended.computeIfAbsent(
                            living.sessionId(),
                            id -> new Intended(
                                    living,
                                    person.row().of(living),
                                    person.notices().getOrDefault(id, List.of()))));
        }
        return List.copyOf(intended.values());
    }

    /** None where the registry cannot be read: those that Keycloak's table had are not lost by that. */
    private Stream<LivingSession> registeredOf(Person person) {
        try {
            return Transactions.inNew(
                    session,
                    realm,
                    (own, ownRealm) -> new LivingSessions(own).ofUser(ownRealm.getId(), person.userId()).stream());
        } catch (RuntimeException e) {
            LOG.errorf(e, "the registry of sessions of realm %s cannot be read", realm.getId());
            return Stream.empty();
        }
    }

    private void settle() {
        guarded(() -> new Settlement(session).settle(realm, endings));
        for (SignOut signOut : signOuts) {
            if (signOut.userId() == null) {
                SessionEventListenerFactory.background(session)
                        .run(
                                session.getKeycloakSessionFactory(),
                                realm.getId(),
                                (own, ownRealm) -> SignOutRun.run(own, ownRealm, signOut));
            } else {
                guarded(() -> SignOutRun.run(session, realm, signOut));
            }
        }
        if (!vanished.isEmpty()) {
            SessionEventListenerFactory.background(session)
                    .run(session.getKeycloakSessionFactory(), realm.getId(), vanished::end);
        }
    }

    private void withdraw() {
        new Intents(session)
                .withdraw(
                        realm,
                        endings.stream()
                                .filter(Ending::ours)
                                .map(Ending::tombstone)
                                .toList());
        signOuts.forEach(signOut -> guarded(() -> SignOutRun.done(session, realm, signOut)));
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "what Keycloak ended in realm %s is left to the next look", realm.getId());
        }
    }
}
