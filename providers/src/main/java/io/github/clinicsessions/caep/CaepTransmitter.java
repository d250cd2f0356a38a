package io.github.clinicsessions.caep;

import org.keycloak.models.KeycloakSession;
import org.keycloak.ssf.transmitter.DefaultSsfTransmitterProviderFactory;
import org.keycloak.ssf.transmitter.SsfTransmitterContext;
import org.keycloak.ssf.transmitter.event.SecurityEventTokenMapper;

/** Keycloak's own transmitter, but for what it says of sessions that we ended. */
final class CaepTransmitter extends DefaultSsfTransmitterProviderFactory {

    @Override
    public SecurityEventTokenMapper createMapper(KeycloakSession session, SsfTransmitterContext context) {
        return new SessionRevokedMapper(session, context.config(), context.issuerUrlFactory());
    }
}
