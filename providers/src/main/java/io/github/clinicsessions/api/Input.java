package io.github.clinicsessions.api;

import io.github.clinicsessions.api.Problem.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one call and collects what is wrong with them, so that all of it is told at once. */
final class Input {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final List<FieldError> errors = new ArrayList<>();

    void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** A whole number of these bounds, in digits. */
    int number(String field, String text, int least, int most) {
        try {
            long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
            if (number >= least && number <= most) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        refuse(field, "must be a whole number from " + least + " to " + most);
        return least;
    }

    String text(String field, String text, int longest) {
        if (text.length() > longest) {
            refuse(field, "must not be longer than " + longest + " characters");
        }
        return text;
    }

    boolean flag(String field, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            refuse(field, "must be true or false");
        }
        return text.equals("true");
    }

    /** Of the years 1970 to 9999; null for an absent or empty value. */
    @Nullable
    Instant time(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        refuse(field, "must be a time such as 2026-01-31T12:00:00Z, of the years 1970 to 9999");
        return null;
    }

    /** By its name; null for an absent or empty value. */
    <E extends Enum<E>> @Nullable E constant(String field, @Nullable String text, Class<E> type) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        refuse(
                field,
                "must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
        return null;
    }

    /** @throws ProblemException 400 with everything that was refused, if anything was */
    void check() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.badFields(errors));
        }
    }
}
