package io.github.clinicsessions.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a person's living sessions at large.
 *
 * @param count the online and the offline session of one id are one
 * @param lastActiveAt the newest activity; null without a session
 */
public record SessionSummary(int count, @Nullable Instant lastActiveAt) {

    public static final SessionSummary NONE = new SessionSummary(0, null);
}
