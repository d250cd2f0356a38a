package io.github.clinicsessions.limit;

import io.github.clinicsessions.limit.SessionLimit.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * The configuration of an authenticator {@code clinic-session-limit}. Wrong values are refused when it is saved ({@link
 * #problems}); one that has come another way (an import) is read leniently, as settings are: what cannot be parsed counts as absent,
 * what is out of bounds as the nearest bound.
 *
 * @param max empty for no number of its own
 * @param exemptRoles names, of a client's role with the client before it ({@code client.role})
 * @param roleMax numbers of people of a role, instead of {@code max}
 */
public record LimitConfig(
        OptionalInt max,
        LimitBehavior behavior,
        boolean countsOffline,
        Set<String> exemptRoles,
        Map<String, Integer> roleMax) {

    /** Id of the authenticator. */
    public static final String AUTHENTICATOR = "clinic-session-limit";

    /** Key: how many sessions a person may have; 1 to 100, or nothing. */
    public static final String MAX_SESSIONS = "maxSessions";

    /** Key: a {@link LimitBehavior}. */
    public static final String BEHAVIOR = "limitBehavior";

    /** Key: whether sessions that have offline access only count; true (which it is when not set) or false. */
    public static final String COUNT_OFFLINE = "countOfflineSessions";

    /** Key: roles of people for whom this authenticator's number does not count, with {@value Constants#CFG_DELIMITER} between them. */
    public static final String EXEMPT_ROLES = "exemptRoles";

    /** Key: numbers of people of a role, as the Admin Console writes a map: {@code [{"key":"nurse","value":"2"}]}. */
    public static final String ROLE_MAX_SESSIONS = "roleMaxSessions";

    private static final int LONGEST_SHOWN = 50;

    /**
     * What is wrong in a field.
     *
     * @param field the key
     */
    public record Problem(String field, String message) {}

    private record Parsed(LimitConfig config, List<Problem> problems) {}

    /** What is wrong in a configuration; empty if nothing is. */
    public static List<Problem> problems(RealmModel realm, Map<String, String> config) {
        return problems(name -> role(realm, name) != null, config);
    }

    /** @param isRole whether there is a role of this name */
    static List<Problem> problems(Predicate<String> isRole, Map<String, String> config) {
        Parsed parsed = parse(config);
        List<Problem> problems = new ArrayList<>(parsed.problems);
        parsed.config.exemptRoles.forEach(name -> unknownRole(isRole, EXEMPT_ROLES, name, problems));
        parsed.config.roleMax.keySet().forEach(name -> unknownRole(isRole, ROLE_MAX_SESSIONS, name, problems));
        return problems;
    }

    /**
     * Reads a configuration.
     *
     * @param config null for one that was never configured
     */
    public static LimitConfig of(@Nullable Map<String, String> config) {
        return parse(config == null ? Map.of() : config).config;
    }

    /** Whether it limits anybody. */
    public boolean mayLimit() {
        return max.isPresent() || !roleMax.isEmpty();
    }

    /** The person's limit by this configuration; empty for none. */
    public Optional<SessionLimit> limitFor(RealmModel realm, UserModel user) {
        if (exemptRoles.stream().anyMatch(name -> has(realm, user, name))) {
            return Optional.empty();
        }
        Optional<SessionLimit> ofRole = LimitPolicy.strictest(roleMax.entrySet().stream()
                .filter(one -> has(realm, user, one.getKey()))
                .map(one -> new SessionLimit(one.getValue(), behavior, Kind.ROLE, one.getKey(), countsOffline)));
        return ofRole.isPresent() || max.isEmpty()
                ? ofRole
                : Optional.of(new SessionLimit(max.getAsInt(), behavior, Kind.FLOW, null, countsOffline));
    }

    private static boolean has(RealmModel realm, UserModel user, String name) {
        RoleModel role = role(realm, name);
        return role != null && user.hasRole(role);
    }

    /** A role of the realm; else of a client, whose id may have dots as the role's name may. */
    private static @Nullable RoleModel role(RealmModel realm, String name) {
        RoleModel role = realm.getRole(name);
        for (int dot = name.indexOf('.'); role == null && dot > 0; dot = name.indexOf('.', dot + 1)) {
            ClientModel client = realm.getClientByClientId(name.substring(0, dot));
            role = client == null ? null : client.getRole(name.substring(dot + 1));
        }
        return role;
    }

    private static void unknownRole(Predicate<String> isRole, String field, String name, List<Problem> problems) {
        if (!isRole.test(name)) {
            problems.add(new Problem(field, "there is no role " + shown(name)));
        }
    }

    private static Parsed parse(Map<String, String> config) {
        List<Problem> problems = new ArrayList<>();
        OptionalInt max = number(MAX_SESSIONS, config.get(MAX_SESSIONS), problems);
        LimitConfig parsed = new LimitConfig(
                max,
                behavior(config.get(BEHAVIOR), problems),
                flag(config.get(COUNT_OFFLINE), problems),
                roles(config.get(EXEMPT_ROLES)),
                roleMax(config.get(ROLE_MAX_SESSIONS), problems));
        return new Parsed(parsed, problems);
    }

    private static OptionalInt number(String field, @Nullable String text, List<Problem> problems) {
        if (text == null || text.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value < SessionLimit.LEAST || value > SessionLimit.MOST) {
                problems.add(new Problem(field, shown(text) + " is not between " + bounds()));
            }
            return OptionalInt.of((int) Math.max(SessionLimit.LEAST, Math.min(SessionLimit.MOST, value)));
        } catch (NumberFormatException e) {
            problems.add(new Problem(field, shown(text) + " is not a whole number between " + bounds()));
            return OptionalInt.empty();
        }
    }

    private static LimitBehavior behavior(@Nullable String text, List<Problem> problems) {
        if (text == null || text.isBlank()) {
            return LimitBehavior.CHOOSE;
        }
        return LimitBehavior.parse(text).orElseGet(() -> {
            problems.add(new Problem(
                    BEHAVIOR,
                    shown(text) + " is none of "
                            + Arrays.stream(LimitBehavior.values())
                                    .map(LimitBehavior::text)
                                    .toList()));
            return LimitBehavior.CHOOSE;
        });
    }

    private static boolean flag(@Nullable String text, List<Problem> problems) {
        if (text == null || text.isBlank() || text.strip().equals("true")) {
            return true;
        }
        if (!text.strip().equals("false")) {
            problems.add(new Problem(COUNT_OFFLINE, shown(text) + " is neither true nor false"));
            return true;
        }
        return false;
    }

    private static Set<String> roles(@Nullable String text) {
        Set<String> names = new LinkedHashSet<>();
        if (text != null) {
            Arrays.stream(Constants.CFG_DELIMITER_PATTERN.split(text))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }

    private static Map<String, Integer> roleMax(@Nullable String text, List<Problem> problems) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        if (text == null || text.isBlank()) {
            return numbers;
        }
        try {
            for (Entry entry : JsonSerialization.readValue(text, Entry[].class)) {
                String role = Objects.requireNonNullElse(entry.key(), "").strip();
                if (role.isEmpty()) {
                    problems.add(new Problem(ROLE_MAX_SESSIONS, "a number without a role"));
                    continue;
                }
                List<Problem> ofNumber = new ArrayList<>();
                OptionalInt number = number(ROLE_MAX_SESSIONS, entry.value(), ofNumber);
                ofNumber.forEach(
                        one -> problems.add(new Problem(one.field(), "role " + shown(role) + ": " + one.message())));
                if (number.isEmpty() && ofNumber.isEmpty()) {
                    problems.add(new Problem(
                            ROLE_MAX_SESSIONS,
                            "role " + shown(role) + ": a number between " + bounds() + " is missing"));
                }
                number.ifPresent(value -> numbers.merge(role, value, Math::min));
            }
        } catch (IOException | RuntimeException e) {
            problems.add(new Problem(ROLE_MAX_SESSIONS, "is not a map of roles and numbers"));
        }
        return numbers;
    }

    /** One of the Admin Console's map. */
    record Entry(@Nullable String key, @Nullable String value) {}

    private static String bounds() {
        return SessionLimit.LEAST + " and " + SessionLimit.MOST;
    }

    private static String shown(String text) {
        return '"' + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text) + '"';
    }
}
