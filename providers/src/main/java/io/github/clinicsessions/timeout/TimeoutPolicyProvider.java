package io.github.clinicsessions.timeout;

import io.github.clinicsessions.platform.RealmSettings;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * The SPI {@code clinic-timeout}: for how long a person's sessions may last without a human. Keycloak's own time-outs hold
 * beside it: a session ends by whichever comes first.
 */
public interface TimeoutPolicyProvider extends Provider {

    /** The rule that counts for the person now. Asked at each look at a session: it must be quick and have no effects. */
    IdleRule ruleFor(RealmModel realm, UserModel user);

    /**
     * A text of 64 characters at most that is another one whenever a setting has changed from which rules are made: then all
     * sessions of the realm are looked at anew. Roles and memberships of persons need not be in it.
     */
    String revision(RealmModel realm);

    /**
     * Minutes that the realm's own time-out of Keycloak must not be shorter than, because there are rules that long: it is raised to
     * them, to {@value RealmSettings#LONGEST_IDLE_TIMEOUT_MINUTES} at most, and what it was is remembered as the realm's setting. Whoever
     * says so makes rules for everybody else as well. Empty leaves it alone.
     */
    default OptionalInt longestMinutes(RealmModel realm) {
        return OptionalInt.empty();
    }

    @Override
    default void close() {}
}
