package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.platform.Transactions;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Ends sessions of a person that Keycloak leaves alive, after the transaction of whatever is the reason. Never throws. */
final class PersonsSessions {

    private static final Logger LOG = Logger.getLogger(PersonsSessions.class);

    private PersonsSessions() {}

    /** Which sessions of the person, looked up anew. */
    @FunctionalInterface
    interface Which {
        List<String> of(KeycloakSession own, UserModel user);
    }

    /** All, or all but one. */
    static List<String> allBut(@Nullable String kept, KeycloakSession own, UserModel user) {
        return new SessionDirectory(own)
                .idsOfUser(own.getContext().getRealm(), user).stream()
                        .filter(id -> !id.equals(kept))
                        .toList();
    }

    static void end(
            KeycloakSession session, RealmModel realm, String userId, EndCause cause, Actor actor, Which which) {
        try {
            Transactions.inNew(session, realm, (own, ownRealm) -> {
                UserModel user = own.users().getUserById(ownRealm, userId);
                List<String> ids = user == null ? List.of() : which.of(own, user);
                return ids.isEmpty()
                        ? 0
                        : new SessionTerminator(own)
                                .end(ownRealm, user, ids, cause, actor)
                                .count();
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "sessions of user %s may live on (%s)", userId, cause);
        }
    }
}
