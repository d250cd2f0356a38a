package io.github.clinicsessions.caep;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.session.SessionTerminator;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.ssf.event.caep.CaepEvent;
import org.keycloak.ssf.event.token.SsfSecurityEventToken;
import org.keycloak.ssf.transmitter.SsfTransmitterConfig;
import org.keycloak.ssf.transmitter.event.SecurityEventTokenMapper;
import org.keycloak.ssf.transmitter.stream.StreamConfig;

/**
 * Keycloak says "user" and "User logout" of every LOGOUT. Of those that carry our cause this says who it was in CAEP's terms,
 * and gives the cause's name as the reason for administrators; all others stay Keycloak's.
 */
final class SessionRevokedMapper extends SecurityEventTokenMapper {

    SessionRevokedMapper(
            KeycloakSession session, SsfTransmitterConfig config, Function<KeycloakSession, String> issuer) {
        super(session, config, issuer);
    }

    @Override
    public @Nullable SsfSecurityEventToken generateSessionRevokedEvent(
            Event event, @Nullable AdminEvent adminEvent, StreamConfig stream, @Nullable String reason) {
        String ours = causeOf(event).map(EndCause::name).orElse(reason);
        return super.generateSessionRevokedEvent(event, adminEvent, stream, ours);
    }

    @Override
    protected void applyInitiatingEntity(@Nullable Event event, @Nullable AdminEvent adminEvent, CaepEvent caepEvent) {
        super.applyInitiatingEntity(event, adminEvent, caepEvent);
        causeOf(event).map(Initiators::of).ifPresent(caepEvent::setInitiatingEntity);
    }

    private static Optional<EndCause> causeOf(@Nullable Event event) {
        Map<String, String> details = event == null ? null : event.getDetails();
        String name = details == null ? null : details.get(SessionTerminator.DETAIL_CAUSE);
        return Arrays.stream(EndCause.values())
                .filter(cause -> cause.name().equals(name))
                .findFirst();
    }
}
