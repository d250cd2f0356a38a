package io.github.clinicsessions.session;

import io.github.clinicsessions.timeout.IdleRule;
import java.time.Instant;

/**
 * How things stand with an online session that nobody may be using.
 *
 * @param lastUsedAt when a human was last there, as far as is known
 * @param expiresAt when it ends if that stays so; never after its longest life
 * @param rule by which it ends then: Keycloak's own time-out is {@link IdleRule.Kind#REALM}
 */
public record Idleness(Instant lastUsedAt, Instant expiresAt, IdleRule rule) {

    public boolean isOver(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
