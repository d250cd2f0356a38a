package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;

/** Somebody who ends a session. */
interface RaceWay {

    String title();

    /** What is not part of the race: whoever ends the session signs in, and looks up what it takes. */
    Ending prepare(RaceVictim victim);

    /** For how long after the answer the session may still be found alive. */
    Duration grace();

    /** Whether offline access of the same id has to end with it; otherwise the victim has none. */
    boolean endsOffline();

    /**
     * A prepared end.
     *
     * @param now returns with the answer
     * @param after tidies up, before the last look at the session
     */
    record Ending(Runnable now, Runnable after) {

        static Ending of(Runnable now) {
            return new Ending(now, () -> {});
        }
    }

    static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }
}
