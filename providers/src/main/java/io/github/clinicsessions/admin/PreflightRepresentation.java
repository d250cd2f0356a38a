package io.github.clinicsessions.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.bounds.Correction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What switching a realm on would change.
 *
 * @param sessionsThatWouldEnd at once, see {@link SessionsThatWouldEnd}
 */
record PreflightRepresentation(List<ChangeRepresentation> changes, long sessionsThatWouldEnd) {

    /** One value; Keycloak's mapper would leave a null out. Numbers as text, because a setting need not be one. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ChangeRepresentation(
            String where,
            @Nullable String client,
            String setting,
            @Nullable String now,
            String then,
            String unit) {

        static final String REALM = "realm";
        static final String CLIENT = "client";

        static ChangeRepresentation of(Correction correction) {
            return new ChangeRepresentation(
                    correction.clientId() == null ? REALM : CLIENT,
                    correction.clientId(),
                    correction.setting(),
                    correction.now() == null ? null : Long.toString(correction.now()),
                    Integer.toString(correction.then()),
                    correction.unit().text());
        }
    }

    static PreflightRepresentation of(List<Correction> corrections, long sessionsThatWouldEnd) {
        return new PreflightRepresentation(
                corrections.stream().map(ChangeRepresentation::of).toList(), sessionsThatWouldEnd);
    }
}
