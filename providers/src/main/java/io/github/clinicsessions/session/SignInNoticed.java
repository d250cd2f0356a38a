package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionArrival;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/**
 * Something was noticed about a sign-in that the person is to be told of by mail. Published to {@link KeycloakSessionFactory} once
 * what was noticed has been committed, in the background, on the node of the sign-in; not more often than mails may be sent.
 *
 * @param arrival what was noticed of this sign-in, and the device that was used: the session may have begun with another one
 * @param at when it was; milliseconds since the epoch
 * @param label see {@code Device.label()}
 * @param ipAddress parsed
 * @param country ISO 3166-1 alpha-2 code; null where it is not known
 * @param deviceName what the person has named the device; null for none
 * @param baseUri of the server as people reach it, ending in a slash: a mail is sent where no request is. Null where only the request
 *     says it: whoever signs in as somebody else could have them get links to any host
 */
public record SignInNoticed(
        LivingSession session,
        SessionArrival arrival,
        long at,
        @Nullable String label,
        @Nullable String deviceName,
        @Nullable String ipAddress,
        @Nullable String country,
        @Nullable URI baseUri)
        implements ProviderEvent {}
