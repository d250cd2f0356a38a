package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.registry.LivingSession;
import java.util.stream.LongStream;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;

/** Which of its two limits a session came to that has expired: Keycloak does not say. */
final class Expiry {

    /** Keycloak's cleaner comes by up to six minutes after a session has expired, and has a batch to do. */
    private static final long NOTICED_WITHIN_MILLIS = 15 * 60 * 1_000;

    private Expiry() {}

    static EndCause causeOf(RealmModel realm, LivingSession session) {
        return causeOf(
                session.startedAt(),
                Time.currentTimeMillis(),
                realm.getSsoSessionMaxLifespan(),
                realm.getSsoSessionMaxLifespanRememberMe(),
                realm.isOfflineSessionMaxLifespanEnabled() ? realm.getOfflineSessionMaxLifespan() : 0);
    }

    /**
     * {@link EndCause#MAX_LIFESPAN} if a longest life has just passed, else {@link EndCause#IDLE_TIMEOUT}. Pure.
     *
     * @param startedAt milliseconds since the epoch, {@link LivingSession#UNKNOWN_START} if not known
     * @param noticedAt milliseconds since the epoch
     * @param longestLives seconds; 0 or less for none
     */
    static EndCause causeOf(long startedAt, long noticedAt, long... longestLives) {
        boolean justPassed = startedAt != LivingSession.UNKNOWN_START
                && LongStream.of(longestLives).filter(seconds -> seconds > 0).anyMatch(seconds -> {
                    long over = noticedAt - (startedAt + seconds * 1_000);
                    return over >= 0 && over <= NOTICED_WITHIN_MILLIS;
                });
        return justPassed ? EndCause.MAX_LIFESPAN : EndCause.IDLE_TIMEOUT;
    }
}
