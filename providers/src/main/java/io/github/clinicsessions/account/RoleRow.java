package io.github.clinicsessions.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row of the form's list of roles, as it was typed: a role, and after how many minutes its people are signed out.
 *
 * @param remove whether the row is to go
 */
record RoleRow(String role, String minutes, boolean remove) {

    static final RoleRow EMPTY = new RoleRow("", "", false);

    /** In the names of the form's fields; the row's number follows. */
    private static final String ROLE = "role-";

    private static final String MINUTES = "roleMinutes-";
    private static final String REMOVE = "roleRemove-";

    /** Nobody has so many; what a form sends beyond is not looked at. */
    private static final int MOST = 100;

    private static final String YES = "true";

    /** The rows that a form has sent: empty if it has none. */
    static List<RoleRow> sent(UnaryOperator<@Nullable String> form) {
        List<RoleRow> rows = new ArrayList<>();
        for (int row = 0; row < MOST; row++) {
            String role = form.apply(ROLE + row);
            String minutes = form.apply(MINUTES + row);
            if (role == null || minutes == null) {
                return rows;
            }
            rows.add(new RoleRow(role.strip(), minutes.strip(), YES.equals(form.apply(REMOVE + row))));
        }
        return rows;
    }

    /** Of rules as they are. */
    static List<RoleRow> of(Map<String, Integer> rules) {
        return rules.entrySet().stream()
                .map(rule -> new RoleRow(rule.getKey(), rule.getValue().toString(), false))
                .toList();
    }

    /** As the form would send it as this row. */
    Map<String, String> asSent(int row) {
        Map<String, String> fields = new HashMap<>(Map.of(ROLE + row, role, MINUTES + row, minutes));
        if (remove) {
            fields.put(REMOVE + row, YES);
        }
        return fields;
    }

    /** As the page shows it as this row. */
    Map<String, Object> model(int row) {
        return Map.of(
                "number", row,
                "fields", Map.of("role", ROLE + row, "minutes", MINUTES + row, "remove", REMOVE + row),
                "role", role,
                "minutes", minutes,
                "remove", remove);
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return role.isEmpty() && minutes.isEmpty();
    }
}
