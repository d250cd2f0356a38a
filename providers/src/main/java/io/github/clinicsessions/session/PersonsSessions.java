package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Ends sessions of a person that Keycloak leaves alive, in a transaction of its own. */
final class PersonsSessions {

    private PersonsSessions() {}

    /** Which sessions of the person, looked up anew. */
    @FunctionalInterface
    interface Which {
        List<String> of(KeycloakSession own, UserModel user);
    }

    /**
     * All, or all but one, that began until some time ago.
     *
     * @param begunUntil milliseconds since the epoch
     */
    static List<String> allBut(@Nullable String kept, long begunUntil, KeycloakSession own, UserModel user) {
        return new SessionDirectory(own)
                .idsOfUserBegunUntil(own.getContext().getRealm(), user, begunUntil).stream()
                        .filter(id -> !id.equals(kept))
                        .toList();
    }

    /** Returns when they have ended; a person who is gone has none. */
    static void end(KeycloakSession session, RealmModel realm, String userId, EndCause cause, DoneBy by, Which which) {
        Transactions.inNew(session, realm, (own, ownRealm) -> {
            UserModel user = own.users().getUserById(ownRealm, userId);
            List<String> ids = user == null ? List.of() : which.of(own, user);
            if (!ids.isEmpty()) {
                new SessionTerminator(own).end(ownRealm, user, ids, cause, by);
            }
            return ids.size();
        });
    }
}
