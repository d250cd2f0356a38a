package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerRows;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.EndedSession;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.session.SessionTerminator.Doomed;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Ends the online session of an id of which the offline one stays. A tombstone is of an id, so that there is none: ledger row,
 * Keycloak's event and removal are one transaction instead, and of several who do it at a time the registry's row lets one write.
 * A crash leaves either all of it or nothing, which the next look finds. Clients are told once.
 */
final class OnlineParts {

    /** Detail of the ledger row, with {@link #KEPT}. */
    static final String OFFLINE_ACCESS = "offlineAccess";

    static final String KEPT = "kept";

    private static final Logger LOG = Logger.getLogger(OnlineParts.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    OnlineParts(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Returns when nothing is left of them.
     *
     * @param doomed with the online session only
     * @return how many
     */
    int end(List<Doomed> doomed, EndCause cause, DoneBy by) {
        if (doomed.isEmpty()) {
            return 0;
        }
        String terminationId = EndedSession.newTerminationId();
        Map<String, Part> parts = doomed.stream()
                .map(one -> part(one, cause, by, terminationId))
                .collect(Collectors.toMap(part -> part.doomed().id(), Function.identity()));
        List<EndedSession> ended = parts.values().stream().map(Part::ended).toList();
        SessionRemover remover = SessionRemover.ofOnlineParts(session);
        Set<String> removed = new LinkedHashSet<>();
        try {
            try {
                remover.untilGone(realm, ended, removed, (own, one) -> {
                    if (new Activities(own).leave(one.realmId(), one.sessionId())) {
                        write(own, part(parts, one).row());
                        SessionTerminator.fireLogout(own, one, cause, by.actor());
                    }
                });
            } catch (RuntimeException e) {
                LOG.errorf(e, "%d session(s) end, and their ledger rows could not be written with that", doomed.size());
                remover.untilGone(
                        realm,
                        ended,
                        removed,
                        (own, one) -> SessionEventListenerFactory.queue(own)
                                .offer(part(parts, one).row()));
            }
            Settlement.lookLater(session, realm, ended, SessionRemover::ofOnlineParts);
        } finally {
            parts.forEach((id, part) -> {
                if (removed.contains(id)) {
                    tell(part);
                }
            });
        }
        return doomed.size();
    }

    /** @param ended never written: it says to the remover which session it is */
    private record Part(Doomed doomed, LedgerRow row, EndedSession ended) {}

    private static Part part(Map<String, Part> parts, EndedSession one) {
        return Objects.requireNonNull(parts.get(one.sessionId()));
    }

    private Part part(Doomed one, EndCause cause, DoneBy by, String terminationId) {
        Map<String, String> details = new HashMap<>(EndRows.details(by));
        details.put(OFFLINE_ACCESS, KEPT);
        LedgerRow row = one.row(realm, cause, by, details);
        LivingSession living = one.living(realm);
        long endOfItsSecond = living.startedAt() + 999; // by a clock ahead of this one's
        long now = Math.max(Time.currentTimeMillis(), endOfItsSecond);
        return new Part(one, row, EndedSession.intended(living, row.id(), terminationId, now));
    }

    private static void write(KeycloakSession own, LedgerRow row) {
        LedgerStoreProvider store = own.getProvider(LedgerStoreProvider.class);
        LedgerRow complete = LedgerRows.complete(own, store, row);
        store.append(complete == null ? row : complete);
    }

    private void tell(Part part) {
        List<EndNotice> notices = part.doomed().notices().clients().stream()
                .map(notice -> notice.of(part.ended()))
                .toList();
        SessionEventListenerFactory.sender(session).send(session.getKeycloakSessionFactory(), notices, false);
        new ClientNotices(session, realm).tell(part.doomed().notices().tellings());
        SessionRemover.ofOnlineParts(session)
                .forgetInThisRequest(realm, part.doomed().models());
    }
}
