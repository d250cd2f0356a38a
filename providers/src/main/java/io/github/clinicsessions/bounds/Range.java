package io.github.clinicsessions.bounds;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a number may be. Pure.
 *
 * @param least what is below is raised to this; {@link Long#MIN_VALUE} to raise nothing
 * @param most what is above is lowered to this
 * @param endless the number that stands for "without an end", if there is one
 * @param unset what zero and negative numbers stand for; empty where they are numbers like others
 * @param absent what has to be there where there is no number; empty where there need not be one
 */
record Range(long least, long most, OptionalLong endless, OptionalLong unset, OptionalLong absent) {

    /** Whatever it is. */
    static final Range ANY = between(Long.MIN_VALUE, Long.MAX_VALUE);

    Range {
        if (least > most) {
            throw new IllegalArgumentException(least + " > " + most);
        }
    }

    static Range between(long least, long most) {
        return new Range(least, most, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** Lowered, never raised: a short value is the administrator's own choice. */
    static Range atMost(long most) {
        return between(Long.MIN_VALUE, most);
    }

    Range withEndless(long number) {
        return new Range(least, most, OptionalLong.of(number), unset, absent);
    }

    /** For settings that have a default of Keycloak's own where they are not positive. */
    Range whereUnsetIs(long number) {
        return new Range(least, most, endless, OptionalLong.of(number), absent);
    }

    /** For settings that must not be left open. */
    Range whereAbsentIs(long number) {
        return new Range(least, most, endless, unset, OptionalLong.of(number));
    }

    /** What the value has to become; empty if it may stay. What is no number counts as absent. */
    OptionalLong correctionOf(@Nullable String text) {
        OptionalLong value = parse(text);
        if (value.isEmpty()) {
            return absent;
        }
        long meant = value.equals(endless) ? Long.MAX_VALUE : meaningOf(value.getAsLong());
        long allowed = Math.max(least, Math.min(most, meant));
        return allowed == meant ? OptionalLong.empty() : OptionalLong.of(allowed);
    }

    private long meaningOf(long number) {
        return number <= 0 ? unset.orElse(number) : number;
    }

    /** The value as a number; empty if it is none. */
    static OptionalLong parse(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
