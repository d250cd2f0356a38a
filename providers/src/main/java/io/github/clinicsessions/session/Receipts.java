package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.jpa.EndNotices;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reads receipts. */
final class Receipts {

    private Receipts() {}

    /**
     * Of what one call has ended of this person's sessions. In a transaction of its own, which sees what others have written
     * since the request began.
     */
    static Optional<Receipt> of(KeycloakSession session, RealmModel realm, UserModel user, String terminationId) {
        String userId = user.getId();
        List<EndNotice> notices = Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> new EndNotices(own).ofTermination(ownRealm.getId(), userId, terminationId));
        return notices.isEmpty()
                ? Optional.empty()
                : Optional.of(Receipt.of(notices, id -> {
                    ClientModel client = session.clients().getClientById(realm, id);
                    return client == null ? null : SessionDirectory.client(client);
                }));
    }
}
