package io.github.clinicsessions.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Times as a page shows them before (or without) its script, which alone knows the person's time zone: in UTC, and saying
 * so.
 */
public final class PageTimes {

    private static final String ZONE = " UTC";

    private final Instant now;
    private final DateTimeFormatter date;
    private final DateTimeFormatter clock;

    public PageTimes(Instant now, Locale locale) {
        this.now = now;
        this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
        this.clock = DateTimeFormatter.ofPattern("HH:mm", locale);
    }

    /** Today, in the form of {@code date} below. */
    public String today() {
        return date.format(utc(now));
    }

    /** {@code iso, clock, date, exact}; only the last names the zone. */
    public Map<String, Object> moment(Instant instant) {
        ZonedDateTime time = utc(instant);
        Map<String, Object> model = new HashMap<>();
        model.put("iso", instant.toString());
        model.put("clock", clock.format(time));
        model.put("date", date.format(time));
        model.put("exact", date.format(time) + ", " + clock.format(time) + ZONE);
        return model;
    }

    /** As {@link #moment}, with {@code unit} (now, minutes, hours, days) and {@code count}: how long ago. */
    public Map<String, Object> ago(Instant instant) {
        Map<String, Object> model = moment(instant);
        Duration ago = Duration.between(instant, now);
        if (ago.toMinutes() < 1) {
            put(model, "now", 0);
        } else if (ago.toHours() < 1) {
            put(model, "minutes", ago.toMinutes());
        } else if (ago.toDays() < 1) {
            put(model, "hours", ago.toHours());
        } else {
            put(model, "days", ago.toDays());
        }
        return model;
    }

    private static void put(Map<String, Object> model, String unit, long count) {
        model.put("unit", unit);
        model.put("count", count);
    }

    private static ZonedDateTime utc(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
