package io.github.clinicsessions.account;

import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A policy of our own beside the realm's (a browser enforces both): nothing inline, nothing from elsewhere.
 */
final class ContentSecurityPolicy {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    private ContentSecurityPolicy() {}

    static void apply(KeycloakSession session, RealmModel realm) {
        // Signing out everywhere ends on the sign-in page, which an identity provider's may be; browsers hold the
        // redirects of a form to form-action.
        boolean stays = session.identityProviders()
                .getAllStream(IdentityProviderQuery.any(), 0, 1)
                .findAny()
                .isEmpty();
        session.getContext()
                .getHttpResponse()
                .addHeader("Content-Security-Policy", stays ? POLICY + "; form-action 'self'" : POLICY);
    }
}
