package io.github.clinicsessions.timeout;

import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.timeout.IdleRule.Kind;
import java.util.Collection;
import java.util.stream.Stream;

/** Which of several rules counts: the strictest. Pure. */
final class IdlePolicy {

    private static final int SECONDS_OF_MINUTE = 60;

    /** NIST SP 800-63B-4 allows an hour at AAL2; the product's own bound is this. */
    static final IdleRule BOUND =
            new IdleRule(Kind.BOUND, null, RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES * SECONDS_OF_MINUTE);

    private IdlePolicy() {}

    /** The strictest of these and of the bound. */
    static IdleRule strictest(Collection<IdleRule> rules) {
        return Stream.concat(rules.stream(), Stream.of(BOUND))
                .min(IdleRule.STRICTEST_FIRST)
                .orElseThrow();
    }
}
