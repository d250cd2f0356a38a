package io.github.clinicsessions.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.LogoutToken;
import org.keycloak.util.JsonSerialization;

/**
 * Logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.4) in two steps: their claims need the living session and
 * are made before it ends; each attempt to tell signs them anew, for a token is valid for two minutes and for one use.
 */
final class LogoutTokens {

    private static final Duration VALID = Duration.ofMinutes(2);

    private final KeycloakSession session;

    LogoutTokens(KeycloakSession session) {
        this.session = session;
    }

    /** The claims as JSON, mappers applied. */
    String claims(ClientModel client, UserModel user, AuthenticatedClientSessionModel clientSession) {
        LogoutToken token = inContextOf(client, () -> session.tokens().initLogoutToken(client, user, clientSession));
        try {
            return JsonSerialization.writeValueAsString(token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A fresh token of these claims. */
    LogoutToken fresh(String claims) {
        try {
            LogoutToken token = JsonSerialization.readValue(claims, LogoutToken.class);
            token.id(SecretGenerator.getInstance().generateSecureID());
            token.issuedNow();
            token.exp(Time.currentTimeSeconds() + VALID.toSeconds());
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signed with the algorithm that the client has chosen. */
    String signed(ClientModel client, LogoutToken token) {
        return inContextOf(client, () -> session.tokens().encode(token));
    }

    /** Keycloak takes the algorithm, and more, from the context's client. */
    private <T> T inContextOf(ClientModel client, Supplier<T> work) {
        ClientModel before = session.getContext().getClient();
        try {
            session.getContext().setClient(client);
            return work.get();
        } finally {
            session.getContext().setClient(before);
        }
    }
}
