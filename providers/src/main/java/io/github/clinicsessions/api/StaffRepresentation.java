package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.clinicsessions.clinic.StaffMember;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person of the clinic. Times are ISO-8601, UTC. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record StaffRepresentation(
        String id,
        String username,
        String displayName,
        boolean enabled,
        int sessionCount,
        @Nullable String lastActiveAt,
        Visibility visibility) {

    /** What whoever asks may see of the person's sessions. Stable names. */
    enum Visibility {
        @JsonProperty("visible")
        VISIBLE,
        @JsonProperty("optedOut")
        OPTED_OUT
    }

    static StaffRepresentation of(StaffMember member) {
        Instant last = member.lastActiveAt();
        return new StaffRepresentation(
                member.id(),
                member.username(),
                member.displayName(),
                member.enabled(),
                member.sessionCount(),
                last == null ? null : last.toString(),
                Visibility.valueOf(member.visibility().name()));
    }
}
