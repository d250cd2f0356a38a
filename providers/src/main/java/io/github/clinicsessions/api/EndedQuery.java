package io.github.clinicsessions.api;

import io.github.clinicsessions.registry.FeedCursor;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code ended} asks for.
 *
 * @param since null for all that is kept
 * @param patience how long to wait; zero for an answer at once
 */
record EndedQuery(@Nullable FeedCursor since, Duration patience) {

    /** Seconds. Below the 30 s after which many proxies give up. */
    static final int LONGEST_WAIT = 25;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");

    /** @throws ProblemException 400 for what cannot be a cursor, or no whole number of seconds from 0 to 25 */
    static EndedQuery parse(@Nullable String since, @Nullable String wait) {
        return new EndedQuery(since == null ? null : cursor(since), wait == null ? Duration.ZERO : seconds(wait));
    }

    /** 400: the cursor is none of this realm's feed. */
    static ProblemException unknownCursor() {
        return new ProblemException(Problem.badField(
                "since", "is not a cursor of this feed; begin again without it to get all that is kept"));
    }

    private static FeedCursor cursor(String text) {
        return FeedCursor.parse(text).orElseThrow(EndedQuery::unknownCursor);
    }

    private static Duration seconds(String text) {
        int seconds = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : LONGEST_WAIT + 1;
        if (seconds > LONGEST_WAIT) {
            throw new ProblemException(
                    Problem.badField("wait", "must be a whole number of seconds from 0 to " + LONGEST_WAIT));
        }
        return Duration.ofSeconds(seconds);
    }
}
