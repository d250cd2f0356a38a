package io.github.clinicsessions.caep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.session.SessionTerminator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.ssf.transmitter.SsfTransmitterConfig;
import org.keycloak.ssf.transmitter.stream.StreamConfig;

class SessionRevokedMapperTest {

    private static final String TYPE = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway") // only e-mail and tenant subjects ask the session for something
    private final SessionRevokedMapper mapper =
            new SessionRevokedMapper(null, SsfTransmitterConfig.defaults(), session -> "https://id.example/realms/r");

    @ParameterizedTest
    @EnumSource
    void everyCauseIsTheReasonForAdministrators(EndCause cause) {
        var token = token(Map.of(SessionTerminator.DETAIL_CAUSE, cause.name()));

        assertThat(token.at("/sub_id/session/id").asText()).isEqualTo("the-session");
        assertThat(token.at("/sub_id/user/sub").asText()).isEqualTo("the-user");
        assertThat(event(token).at("/reason_admin/en").asText()).isEqualTo(cause.name());
        assertThat(event(token).path("initiating_entity").asText()).isIn("user", "admin", "policy", "system");
    }

    @ParameterizedTest
    @CsvSource({
        "ENDED_BY_USER, user",
        "ENDED_BY_OWNER, admin",
        "ENDED_BY_ADMIN, admin",
        "SESSION_LIMIT, policy",
        "PASSWORD_CHANGED, policy",
        "UNKNOWN, system"
    })
    void theInitiatorIsWhoeverEndedIt(EndCause cause, String initiator) {
        var token = token(Map.of(SessionTerminator.DETAIL_CAUSE, cause.name()));

        assertThat(event(token).path("initiating_entity").asText()).isEqualTo(initiator);
    }

    @Test
    void whatIsNotOursStaysAsKeycloakHasIt() {
        for (var details : List.of(
                Map.of("redirect_uri", "https://app.example"), Map.of(SessionTerminator.DETAIL_CAUSE, "NOT_OURS"))) {
            var event = event(token(details));
            assertThat(event.at("/reason_admin/en").asText()).isEqualTo("User logout");
            assertThat(event.path("initiating_entity").asText()).isEqualTo("user");
        }
    }

    private JsonNode token(Map<String, String> details) {
        var event = new Event();
        event.setType(EventType.LOGOUT);
        event.setUserId("the-user");
        event.setSessionId("the-session");
        event.setDetails(details);
        return JSON.valueToTree(mapper.toSecurityEventToken(event, new StreamConfig()));
    }

    private static JsonNode event(JsonNode token) {
        return token.path("events").path(TYPE);
    }
}
