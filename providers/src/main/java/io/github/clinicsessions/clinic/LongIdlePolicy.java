package io.github.clinicsessions.clinic;

import org.jspecify.annotations.Nullable;

/**
 * A time-out of more than an hour takes a reason: NIST SP 800-63B-4, section 2.2.3, has sessions at AAL2 end after an hour without
 * activity. Pure.
 */
final class LongIdlePolicy {

    static final int MINUTES_WITHOUT_REASON = 60;

    private LongIdlePolicy() {}

    /**
     * A time-out and its reason.
     *
     * @param own false if the clinic has none of its own: then the reason is not its own either
     * @param reason empty for none
     */
    record Idle(int minutes, boolean own, String reason) {

        private boolean takesReason() {
            return own && minutes > MINUTES_WITHOUT_REASON;
        }
    }

    /**
     * What is stored then. A reason that is not needed is not kept.
     *
     * @param minutes as it is to be
     * @param own as it is to be
     * @param reason that was given with it; null if none was
     */
    static Idle then(Idle now, int minutes, boolean own, @Nullable String reason) {
        Idle then = new Idle(minutes, own, reason == null ? now.reason : reason);
        return then.takesReason() ? then : new Idle(minutes, own, "");
    }

    /** Whether it may not become so: a new time-out takes a reason that is given with it, one that stays does not lose its own. */
    static boolean lacksReason(Idle now, int minutes, boolean own, @Nullable String reason) {
        if (!new Idle(minutes, own, "").takesReason()) {
            return false;
        }
        boolean given = reason != null && !reason.isEmpty();
        boolean changed = minutes != now.minutes || !now.own;
        return changed ? !given : reason != null && !given && !now.reason.isEmpty();
    }
}
