package io.github.clinicsessions.account;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.clinic.ClinicLedger;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the audit page is asked for: as it was typed, what it means, and what of it means nothing. */
final class AuditFilter {

    static final String USER = "user";
    static final String CAUSE = "cause";
    static final String FROM = "from";
    static final String TO = "to";

    private static final List<String> FIELDS = List.of(USER, CAUSE, FROM, TO);
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final Map<String, String> typed = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final @Nullable OverseenPerson person;
    private final ClinicLedger.Filter filter;

    /**
     * @param query the request's parameters by name
     * @param staff among whom a person is looked for
     */
    AuditFilter(Function<String, @Nullable String> query, Staff staff) {
        for (String field : FIELDS) {
            typed.put(field, Objects.requireNonNullElse(query.apply(field), "").strip());
        }
        person = person(staff);
        LocalDate from = date(FROM);
        LocalDate to = date(TO);
        if (from != null && to != null && to.isBefore(from)) {
            errors.put(TO, "order");
        }
        filter = new ClinicLedger.Filter(
                from == null ? null : begin(from),
                to == null ? null : begin(to.plusDays(1)),
                person == null ? null : person.user().getId(),
                cause());
    }

    /** Only to be used where there are no {@link #errors}. */
    ClinicLedger.Filter filter() {
        return filter;
    }

    /** By field; empty if all is well. */
    Map<String, String> errors() {
        return errors;
    }

    Map<String, String> typed() {
        return typed;
    }

    /** Whether everything is asked for. */
    boolean isEmpty() {
        return typed.values().stream().allMatch(String::isEmpty);
    }

    /** Whether the person asked for has opted out, so that nothing is found by their name. */
    boolean isOfHidden() {
        return person != null && person.visibility() == Visibility.OPTED_OUT;
    }

    /** The query of a link that keeps the filter, with further parameters. */
    String query(Map<String, String> further) {
        String query = Stream.concat(typed.entrySet().stream(), further.entrySet().stream())
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + PageCalls.encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private @Nullable OverseenPerson person(Staff staff) {
        String username = typed(USER);
        OverseenPerson found =
                username.isEmpty() ? null : staff.findByUsername(username).orElse(null);
        if (found == null && !username.isEmpty()) {
            errors.put(USER, "unknown");
        }
        return found;
    }

    private @Nullable LocalDate date(String field) {
        String text = typed(field);
        try {
            if (text.isEmpty() || DATE.matcher(text).matches()) {
                return text.isEmpty() ? null : LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // such as 30 February: as below
        }
        errors.put(field, "date");
        return null;
    }

    private @Nullable EndCause cause() {
        String name = typed(CAUSE);
        EndCause found = Stream.of(EndCause.values())
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElse(null);
        if (found == null && !name.isEmpty()) {
            errors.put(CAUSE, "unknown");
        }
        return found;
    }

    private String typed(String field) {
        return Objects.requireNonNull(typed.get(field));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
