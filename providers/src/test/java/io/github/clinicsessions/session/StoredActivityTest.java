package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.session.StoredActivity.SessionStart;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredActivityTest {

    private static final SessionStart SESSION = new SessionStart("realm", "session", 100);

    private final StoredActivity stored = new StoredActivity();

    @Test
    void whatWasReadIsRememberedOfThisSessionAlone() {
        var activity = new SessionActivity(100_000, Set.of("app"));

        stored.is(SESSION, activity);

        assertThat(stored.of(SESSION)).isEqualTo(activity);
        assertThat(stored.of(new SessionStart("realm", "session", 101))).isNull();
        assertThat(stored.of(new SessionStart("other", "session", 100))).isNull();
    }

    @Test
    void whatIsLeftOfAnEarlierSessionOfTheIdIsNotRemembered() {
        stored.is(SESSION, new SessionActivity(99_999, Set.of("app")));
        assertThat(stored.of(SESSION)).isNull();

        stored.is(SESSION, SessionActivity.NONE);
        assertThat(stored.of(SESSION)).isNull();
    }
}
