package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.TimeoutReason;
import java.util.HashMap;
import java.util.Map;

/** What a row says of why its session ends. */
final class TimeoutText {

    private static final int SECONDS_OF_MINUTE = 60;

    private TimeoutText() {}

    /**
     * {@code kind}; {@code name} of the clinic or role, where one is told; {@code unit} (minutes, seconds) and {@code count}:
     * after how long. In seconds only what whole minutes would say wrongly.
     */
    static Map<String, Object> of(TimeoutReason reason) {
        boolean minutes = reason.seconds() % SECONDS_OF_MINUTE == 0;
        Map<String, Object> model = new HashMap<>();
        model.put("kind", reason.kind().name());
        if (reason.name() != null) {
            model.put("name", reason.name());
        }
        model.put("unit", minutes ? "minutes" : "seconds");
        model.put("count", minutes ? reason.seconds() / SECONDS_OF_MINUTE : reason.seconds());
        return model;
    }
}
