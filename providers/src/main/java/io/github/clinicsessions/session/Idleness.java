package io.github.clinicsessions.session;

import io.github.clinicsessions.timeout.IdleRule;
import java.time.Instant;

/**
 * How things stand with an online session that nobody may be using.
 *
 * @param lastUsedAt when a human was last there, as far as is known
 * @param idleAt when it has been unused for too long, if that stays so
 * @param expiresAt when it ends then: not after its longest life, which nobody can put off
 * @param rule by which it ends then: Keycloak's own time-out is {@link IdleRule.Kind#REALM}
 */
public record Idleness(Instant lastUsedAt, Instant idleAt, Instant expiresAt, IdleRule rule) {

    public boolean isOver(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
