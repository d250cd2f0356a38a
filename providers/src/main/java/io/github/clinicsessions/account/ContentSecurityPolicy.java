package io.github.clinicsessions.account;

import org.keycloak.models.KeycloakSession;

/**
 * A policy of our own beside the realm's (a browser enforces both): nothing inline, nothing from elsewhere.
 *
 * <p>Without {@code form-action}: browsers hold the redirects after a form to it, and signing out leads to wherever an
 * identity provider or a SAML client is. What forms may do, the state checker decides.
 */
final class ContentSecurityPolicy {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    private ContentSecurityPolicy() {}

    static void apply(KeycloakSession session) {
        session.getContext().getHttpResponse().addHeader("Content-Security-Policy", POLICY);
    }
}
