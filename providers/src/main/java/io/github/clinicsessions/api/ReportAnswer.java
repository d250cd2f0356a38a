package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.clinic.PasswordHome;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code POST me/sessions/{id}/report}.
 *
 * @param ended how many sessions, of those that the person could see
 * @param passwordRequired whether a new password is asked for at the next sign-in
 * @param passwordAt where else the password is to be changed: names of identity providers, or of a directory; null for nowhere
 * @param deviceForgotten whether the device had been known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ReportAnswer(
        int ended, boolean passwordRequired, @Nullable String passwordAt, boolean deviceForgotten) {

    static ReportAnswer of(NotMe.Outcome outcome) {
        PasswordHome password = outcome.password();
        return new ReportAnswer(
                outcome.ended(),
                outcome.passwordRequired(),
                password.elsewhere().isEmpty() ? null : String.join(", ", password.elsewhere()),
                outcome.deviceForgotten());
    }
}
