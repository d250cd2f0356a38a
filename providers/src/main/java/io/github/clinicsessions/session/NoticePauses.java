package io.github.clinicsessions.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a client is told again that did not confirm: a pause after each attempt that failed, and after the
 * last of them no more. Pure.
 *
 * @param pauses 1 second or more each
 */
record NoticePauses(List<Duration> pauses) {

    /** Six attempts within 75 minutes: a restart of the client, and a short night's work on it. */
    static final String DEFAULT = "5,30,120,600,3600";

    private static final Logger LOG = Logger.getLogger(NoticePauses.class);

    NoticePauses {
        pauses = List.copyOf(pauses);
    }

    /**
     * Reads an option.
     *
     * @param text whole seconds, 1 or more each, with commas between; empty for no further attempt. What cannot be read counts
     *     as {@value #DEFAULT}
     */
    static NoticePauses parse(@Nullable String text) {
        String option = text == null ? DEFAULT : text.strip();
        try {
            List<Duration> pauses = new ArrayList<>();
            for (String part : option.isEmpty() ? new String[0] : option.split(",", -1)) {
                pauses.add(Duration.ofSeconds(Math.max(1, Integer.parseInt(part.strip()))));
            }
            return new NoticePauses(pauses);
        } catch (NumberFormatException e) {
            LOG.warnf(
                    "the option notice-pauses is %s, which is not numbers with commas between: %s counts",
                    text, DEFAULT);
            return parse(null);
        }
    }

    /** The pause after so many attempts, 1 or more; empty if that was the last. */
    Optional<Duration> after(int attempts) {
        return attempts > pauses.size() ? Optional.empty() : Optional.of(pauses.get(attempts - 1));
    }
}
