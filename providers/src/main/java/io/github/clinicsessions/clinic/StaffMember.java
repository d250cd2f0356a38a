package io.github.clinicsessions.clinic;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person of the clinic as the list shows them.
 *
 * @param id Keycloak's
 * @param displayName first and last name as far as there are any, otherwise the user name
 * @param enabled whether the person may sign in
 * @param sessionCount how many sessions the person's own page would list
 * @param lastActiveAt the newest activity of those sessions; null if there is none, and of whoever has opted out
 */
public record StaffMember(
        String id,
        String username,
        String displayName,
        boolean enabled,
        int sessionCount,
        @Nullable Instant lastActiveAt,
        Visibility visibility) {

    /** What whoever asks may see of the person's sessions. */
    public enum Visibility {
        VISIBLE,
        /** How many there are, and nothing else. */
        OPTED_OUT
    }
}
