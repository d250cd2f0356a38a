package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.SettingKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rows of the form say together. Pure.
 *
 * @param minutes by role; without the rows that something is wrong with
 * @param problems by the number of the row
 */
record RoleRules(Map<String, Integer> minutes, Map<Integer, Problem> problems) {

    /** What is wrong with a row. */
    enum Problem {
        NO_ROLE,
        UNKNOWN_ROLE,
        ROLE_TWICE,
        NO_MINUTES
    }

    static RoleRules of(List<RoleRow> rows) {
        Map<String, Integer> rules = new TreeMap<>();
        Map<Integer, Problem> problems = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (int number = 0; number < rows.size(); number++) {
            RoleRow row = rows.get(number);
            if (row.remove() || row.isEmpty()) {
                continue;
            }
            Optional<Integer> minutes =
                    SettingKey.IDLE_TIMEOUT_MINUTES.parse(row.minutes()).map(Integer.class::cast);
            if (row.role().isEmpty()) {
                problems.put(number, Problem.NO_ROLE);
            } else if (!seen.add(row.role())) {
                problems.put(number, Problem.ROLE_TWICE);
            } else if (minutes.isEmpty()) {
                problems.put(number, Problem.NO_MINUTES);
            } else {
                rules.put(row.role(), minutes.get());
            }
        }
        return new RoleRules(rules, problems);
    }
}
