package io.github.clinicsessions.platform;

import static io.github.clinicsessions.platform.RealmSettings.IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.ROLE_IDLE_TIMEOUT_MINUTES;
import static io.github.clinicsessions.platform.RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;

/**
 * For how long sessions may last unused, as a realm or an organization says in its attributes.
 *
 * @param minutes {@value RealmSettings#SHORTEST_IDLE_TIMEOUT_MINUTES} to {@value RealmSettings#LONGEST_IDLE_TIMEOUT_MINUTES};
 *     empty if it says nothing
 * @param roleMinutes the same for people of a role, by the role's name, in the order of names
 */
public record IdleSettings(OptionalInt minutes, Map<String, Integer> roleMinutes) {

    public static IdleSettings of(RealmModel realm) {
        return read("realm " + realm.getName(), realm.getAttributes(), value -> value);
    }

    public static IdleSettings of(OrganizationModel organization) {
        return read("organization " + organization.getAlias(), organization.getAttributes(), IdleSettings::first);
    }

    /**
     * Of attributes that have been read already.
     *
     * @param owner whose they are, for the log
     */
    public static IdleSettings ofAttributes(String owner, Map<String, String> attributes) {
        return read(owner, attributes, value -> value);
    }

    private static <T> IdleSettings read(String owner, Map<String, T> attributes, Function<T, @Nullable String> text) {
        Map<String, Integer> ofRoles = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(ROLE_IDLE_TIMEOUT_MINUTES) && name.length() > ROLE_IDLE_TIMEOUT_MINUTES.length()) {
                minutes(owner, name, text.apply(value))
                        .ifPresent(minutes -> ofRoles.put(name.substring(ROLE_IDLE_TIMEOUT_MINUTES.length()), minutes));
            }
        });
        T own = attributes.get(IDLE_TIMEOUT_MINUTES);
        return new IdleSettings(
                own == null ? OptionalInt.empty() : minutes(owner, IDLE_TIMEOUT_MINUTES, text.apply(own)), ofRoles);
    }

    private static OptionalInt minutes(String owner, String name, @Nullable String text) {
        return RealmSettings.number(owner, name, text, SHORTEST_IDLE_TIMEOUT_MINUTES, LONGEST_IDLE_TIMEOUT_MINUTES);
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    /** What it says, in a form that differs where it says something else. */
    public String text() {
        return minutes
                + roleMinutes.entrySet().stream()
                        .map(rule -> rule.getKey().length() + ":" + rule.getKey() + "=" + rule.getValue())
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
