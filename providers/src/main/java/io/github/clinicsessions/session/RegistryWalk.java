package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.registry.jpa.SignOuts;
import io.github.clinicsessions.session.Intents.Intended;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Looks in the registry for sessions that ended without a word: gone from Keycloak (by code of others, or while the extension
 * was not there), or of persons who are disabled and of whom no event told (a directory, a workflow). A page of each realm at
 * a time. Run by the timer's one thread, so not by two at a time; what it remembers is lost at a restart, which begins anew.
 */
final class RegistryWalk {

    /** Keycloak writes a new session a moment after our row. */
    private static final long SETTLED_AFTER_MILLIS = 60_000;

    private static final int PAGE = 5_000;
    private static final int ENDED_AT_MOST = 200;
    private static final int PERSONS_AT_MOST = 20;

    /** By realm: where the walk goes on. */
    private final Map<String, String> nextOf = new HashMap<>();

    /** By realm: who was gone at the last look. Whoever ends sessions in the ordinary way has written it by the next. */
    private final Map<String, Set<String>> goneOf = new HashMap<>();

    /** Never throws. */
    void step(KeycloakSessionFactory factory) {
        UnfinishedEnds.guarded("the registry", () -> {
            List<String> realmIds = Transactions.resultInBackground(
                    factory,
                    session -> session.realms()
                            .getRealmsStream()
                            .filter(RealmSwitch::isOn)
                            .map(RealmModel::getId)
                            .toList());
            nextOf.keySet().retainAll(realmIds);
            goneOf.keySet().retainAll(realmIds);
            for (String realmId : realmIds) {
                UnfinishedEnds.guarded(
                        "the registry", () -> UnfinishedEnds.inRealm(factory, realmId, this::endVanished));
                UnfinishedEnds.guarded(
                        "disabled persons", () -> UnfinishedEnds.inRealm(factory, realmId, RegistryWalk::endDisabled));
            }
        });
    }

    private void endVanished(KeycloakSession session, RealmModel realm) {
        String realmId = realm.getId();
        LivingSessions.Page page = Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> new LivingSessions(own)
                        .vanished(
                                realmId,
                                nextOf.getOrDefault(realmId, ""),
                                Time.currentTimeMillis() - SETTLED_AFTER_MILLIS,
                                PAGE));
        List<LivingSession> gone = withoutAWord(session, realm, page.sessions());
        Set<String> before = goneOf.getOrDefault(realmId, Set.of());
        List<LivingSession> confirmed = gone.stream()
                .filter(one -> before.contains(one.sessionId()))
                .limit(ENDED_AT_MOST)
                .toList();
        new Settlement(session)
                .settle(
                        realm,
                        new Intents(session)
                                .write(
                                        realm,
                                        confirmed.stream()
                                                .map(one -> new Intended(
                                                        one, true, EndRows.of(one, EndCause.UNKNOWN, DoneBy.NOBODY)))
                                                .toList()));
        Set<String> left = gone.stream().map(LivingSession::sessionId).collect(Collectors.toCollection(HashSet::new));
        confirmed.forEach(one -> left.remove(one.sessionId()));
        goneOf.put(realmId, left);
        if (left.isEmpty()) {
            if (page.next() == null) {
                nextOf.remove(realmId);
            } else {
                nextOf.put(realmId, page.next());
            }
        }
    }

    /** Those that are really gone, and that no sign-out of the realm, which takes its time, is going to name. */
    private static List<LivingSession> withoutAWord(
            KeycloakSession session, RealmModel realm, List<LivingSession> suspects) {
        if (suspects.isEmpty()) {
            return suspects;
        }
        return Transactions.inNew(session, realm, (own, ownRealm) -> {
            long signedOut = new SignOuts(own)
                    .ofRealm(ownRealm.getId()).stream()
                            .filter(signOut -> signOut.userId() == null)
                            .mapToLong(signOut -> signOut.signedOutAt())
                            .max()
                            .orElse(Long.MIN_VALUE);
            List<String> ids = suspects.stream().map(LivingSession::sessionId).toList();
            Set<String> present = VanishedSessions.present(own, ownRealm, ids);
            return suspects.stream()
                    .filter(one -> one.startedAt() > signedOut && !present.contains(one.sessionId()))
                    .toList();
        });
    }

    private static void endDisabled(KeycloakSession session, RealmModel realm) {
        List<String> disabled = Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> new LivingSessions(own).disabledPersons(ownRealm.getId(), PERSONS_AT_MOST));
        for (String userId : disabled) {
            PersonsSessions.end(
                    session,
                    realm,
                    userId,
                    EndCause.USER_DISABLED,
                    DoneBy.NOBODY,
                    (own, user) ->
                            user.isEnabled() ? List.of() : PersonsSessions.allBut(null, Long.MAX_VALUE, own, user));
        }
    }
}
