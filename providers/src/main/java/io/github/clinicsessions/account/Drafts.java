package io.github.clinicsessions.account;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * What somebody has typed into a form, kept while they renew their sign-in. In the address it would be too long for a server, and
 * would stand in logs.
 */
final class Drafts {

    /** As long as Keycloak gives a sign-in by default, and a little more. */
    private static final Duration KEPT = Duration.ofMinutes(35);

    private static final String ID = "[A-Za-z0-9_-]{20,64}";

    private final SingleUseObjectProvider objects;

    Drafts(KeycloakSession session) {
        this.objects = session.singleUseObjects();
    }

    /**
     * Its id.
     *
     * @param form what it is of: nobody finds it as anything else
     * @param typed no longer than the caller allows
     */
    String keep(String form, SignedIn signedIn, Map<String, String> typed) {
        String id = SecretGenerator.getInstance().generateSecureID();
        objects.put(key(id, form, signedIn), KEPT.toSeconds(), typed);
        return id;
    }

    /** Empty for what is no draft of this person's for this form, or not kept any more. */
    Map<String, String> find(String id, String form, SignedIn signedIn) {
        return id.matches(ID) ? Objects.requireNonNullElse(objects.get(key(id, form, signedIn)), Map.of()) : Map.of();
    }

    private static String key(String id, String form, SignedIn signedIn) {
        return String.join(
                ".",
                "clinic-draft",
                signedIn.userSession().getRealm().getId(),
                signedIn.user().getId(),
                form,
                id);
    }
}
