package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.session.Idleness;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a session lasts without a human.
 *
 * @param idleExpiresAt ISO-8601, UTC; what ends before that ends by its longest life, which no report puts off
 * @param idleExpiresInMillis the same from now on, for clocks that are wrong
 * @param idleTimeoutSeconds how long it lasts unused
 * @param timeoutReason by which rule
 * @param reportSeconds how often at most a human should be reported: a whole number, or a decimal one where that is under 1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ActivityRepresentation(
        String idleExpiresAt,
        long idleExpiresInMillis,
        int idleTimeoutSeconds,
        String timeoutReason,
        Number reportSeconds) {

    private static final int REPORT_SECONDS = 60;

    /** Of one time-out two reports may be lost. */
    private static final int REPORTS_A_TIMEOUT = 3;

    static ActivityRepresentation of(Idleness idleness, Instant now) {
        int seconds = idleness.rule().seconds();
        return new ActivityRepresentation(
                idleness.idleAt().toString(),
                Math.max(0, Duration.between(now, idleness.idleAt()).toMillis()),
                seconds,
                idleness.rule().reason(),
                reportSeconds(seconds));
    }

    private static Number reportSeconds(int timeout) {
        return timeout < REPORTS_A_TIMEOUT
                ? (Number) (timeout / (double) REPORTS_A_TIMEOUT)
                : (Number) Math.min(REPORT_SECONDS, timeout / REPORTS_A_TIMEOUT);
    }
}
