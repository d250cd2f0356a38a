package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Receipt} of the REST API. Unknown is null, and null is sent. Times are ISO-8601, UTC. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReceiptRepresentation(
        String id,
        @Nullable String endedAt,
        int sessions,
        @Nullable String refusedByAllAt,
        List<ApplicationRepresentation> applications) {

    /** What an application has been told. Stable names. */
    enum State {
        @JsonProperty("answered")
        ANSWERED,
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("notTold")
        NOT_TOLD,
        @JsonProperty("byKeycloak")
        BY_KEYCLOAK
    }

    /** An application that used one of the sessions. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ApplicationRepresentation(
            String clientId,
            String name,
            State state,
            @Nullable String answeredAt,
            String refusesBy) {

        static ApplicationRepresentation of(Receipt.Application application, ClientNames names) {
            return new ApplicationRepresentation(
                    application.client().clientId(),
                    names.of(application.client()),
                    State.valueOf(application.state().name()),
                    text(application.answeredAt()),
                    application.refusesBy().toString());
        }
    }

    static ReceiptRepresentation of(Receipt receipt, ClientNames names) {
        return new ReceiptRepresentation(
                receipt.id(),
                text(receipt.endedAt()),
                receipt.sessions(),
                text(receipt.refusedByAllAt()),
                receipt.applications().stream()
                        .map(application -> ApplicationRepresentation.of(application, names))
                        .toList());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
