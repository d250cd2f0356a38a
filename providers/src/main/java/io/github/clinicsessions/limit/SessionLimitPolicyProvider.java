package io.github.clinicsessions.limit;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * The SPI {@code clinic-limit}: how many sessions a person may have at a time, by whatever flow they sign in. The numbers of the
 * authenticators {@code clinic-session-limit} hold beside it: the strictest counts.
 */
public interface SessionLimitPolicyProvider extends Provider {

    /** The limit that counts for the person now; empty for none. Asked at each sign-in: it must be quick and have no effects. */
    Optional<SessionLimit> limitFor(RealmModel realm, UserModel user);

    /** Whether anybody in the realm may have a limit. Asked at each sign-in page: as above, and without the database. */
    default boolean mayLimit(RealmModel realm) {
        return true;
    }

    @Override
    default void close() {}
}
