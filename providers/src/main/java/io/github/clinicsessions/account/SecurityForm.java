package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has typed on the page of a clinic's settings. Pure.
 *
 * @param texts of the fields that were sent and may be changed
 * @param roles the rows of the list of roles; null if it was not sent or may not be changed
 */
record SecurityForm(Map<SettingKey, String> texts, @Nullable List<RoleRow> roles) {

    /** Nothing of the page may be longer; what is, is cut, and is wrong as well as it was before. */
    private static final int LONGEST_TEXT = 300;

    /**
     * What of it is wrong, by field.
     *
     * @param texts what is wrong with fields
     * @param roles what is wrong with rows of the list
     */
    record Problems(Map<SettingKey, SettingProblem.Kind> texts, Map<Integer, RoleRules.Problem> roles) {

        static final Problems NONE = new Problems(Map.of(), Map.of());

        boolean isEmpty() {
            return texts.isEmpty() && roles.isEmpty();
        }

        /** Together with others; of the same place these. */
        Problems and(Problems others) {
            Map<SettingKey, SettingProblem.Kind> allTexts = new HashMap<>(others.texts);
            allTexts.putAll(texts);
            Map<Integer, RoleRules.Problem> allRoles = new HashMap<>(others.roles);
            allRoles.putAll(roles);
            return new Problems(allTexts, allRoles);
        }
    }

    /** @param sent gives a field's text, null for one that was not sent */
    static SecurityForm of(UnaryOperator<@Nullable String> sent, Predicate<SettingKey> writable) {
        UnaryOperator<@Nullable String> cut = name -> {
            String text = sent.apply(name);
            return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
        };
        Map<SettingKey, String> texts = new EnumMap<>(SettingKey.class);
        for (SettingKey key : SettingKey.values()) {
            String text = cut.apply(key.json());
            if (text != null && key != SettingKey.ROLE_IDLE_TIMEOUT_MINUTES && writable.test(key)) {
                texts.put(key, text);
            }
        }
        List<RoleRow> rows =
                writable.test(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES) ? RoleRow.sent(cut) : List.<RoleRow>of();
        return new SecurityForm(texts, rows.isEmpty() ? null : rows);
    }

    boolean isEmpty() {
        return texts.isEmpty() && roles == null;
    }

    /** As it was sent. */
    Map<String, String> asSent() {
        Map<String, String> fields = new HashMap<>();
        texts.forEach((key, text) -> fields.put(key.json(), text));
        if (roles != null) {
            for (int row = 0; row < roles.size(); row++) {
                fields.putAll(roles.get(row).asSent(row));
            }
        }
        return fields;
    }

    /**
     * The values that are meant, without those that {@link #unreadable} names.
     *
     * @param inheritable whether an empty field gives the clinic's own value back
     */
    Map<SettingKey, Object> values(Predicate<SettingKey> inheritable) {
        Map<SettingKey, Object> values = new EnumMap<>(SettingKey.class);
        texts.forEach((key, text) -> parse(key, text, inheritable).ifPresent(value -> values.put(key, value)));
        if (roles != null) {
            RoleRules rules = RoleRules.of(roles);
            if (rules.problems().isEmpty()) {
                SettingKey.ROLE_IDLE_TIMEOUT_MINUTES
                        .parse(rules.minutes())
                        .ifPresent(value -> values.put(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, value));
            }
        }
        return values;
    }

    /** What is not as its setting wants it. */
    Problems unreadable(Predicate<SettingKey> inheritable) {
        Map<SettingKey, SettingProblem.Kind> wrong = new EnumMap<>(SettingKey.class);
        texts.forEach((key, text) -> {
            if (parse(key, text, inheritable).isEmpty()) {
                wrong.put(key, SettingProblem.Kind.BOUND);
            }
        });
        RoleRules rules = RoleRules.of(roles == null ? List.of() : roles);
        if (rules.problems().isEmpty()
                && SettingKey.ROLE_IDLE_TIMEOUT_MINUTES.parse(rules.minutes()).isEmpty()) { // too many, a name too long
            return new Problems(wrong, Map.of())
                    .and(at(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES.problems(rules.minutes())));
        }
        return new Problems(wrong, rules.problems());
    }

    /** Where on the page these problems are. */
    Problems at(Collection<SettingProblem> problems) {
        Map<SettingKey, SettingProblem.Kind> wrong = new EnumMap<>(SettingKey.class);
        Map<Integer, RoleRules.Problem> rows = new HashMap<>();
        for (SettingProblem problem : problems) {
            int row = rowOf(problem.role());
            if (row < 0) {
                wrong.put(problem.key(), problem.kind());
            } else {
                rows.put(row, RoleRules.Problem.UNKNOWN_ROLE); // its minutes have been read
            }
        }
        return new Problems(wrong, rows);
    }

    private int rowOf(@Nullable String role) {
        List<RoleRow> rows = roles == null ? new ArrayList<>() : roles;
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).role().equals(role) && !rows.get(row).remove()) {
                return row;
            }
        }
        return -1;
    }

    private static Optional<Object> parse(SettingKey key, String text, Predicate<SettingKey> inheritable) {
        return text.isBlank() && inheritable.test(key) ? Optional.of(Inherited.INHERITED) : key.parse(text);
    }
}
