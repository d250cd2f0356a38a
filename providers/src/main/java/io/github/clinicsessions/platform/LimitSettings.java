package io.github.clinicsessions.platform;

import static io.github.clinicsessions.platform.RealmSettings.LEAST_MAX_SESSIONS;
import static io.github.clinicsessions.platform.RealmSettings.LIMIT_BEHAVIOR;
import static io.github.clinicsessions.platform.RealmSettings.MAX_SESSIONS;
import static io.github.clinicsessions.platform.RealmSettings.MOST_MAX_SESSIONS;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;

/**
 * How many sessions a person may have, as a realm or an organization says in its attributes.
 *
 * @param maxSessions {@value RealmSettings#LEAST_MAX_SESSIONS} to {@value RealmSettings#MOST_MAX_SESSIONS}; empty if it
 *     says nothing: no limit
 * @param behavior {@code choose}, {@code end-least-recent} or {@code deny}; empty if it says nothing or something else
 */
public record LimitSettings(OptionalInt maxSessions, Optional<String> behavior) {

    public static LimitSettings of(RealmModel realm) {
        return read("realm " + realm.getName(), realm.getAttributes(), value -> value);
    }

    public static LimitSettings of(OrganizationModel organization) {
        return read(
                "organization " + organization.getAlias(),
                organization.getAttributes(),
                values -> values.isEmpty() ? null : values.get(0));
    }

    private static <T> LimitSettings read(String owner, Map<String, T> attributes, Function<T, @Nullable String> text) {
        T max = attributes.get(MAX_SESSIONS);
        T behavior = attributes.get(LIMIT_BEHAVIOR);
        return new LimitSettings(
                max == null
                        ? OptionalInt.empty()
                        : RealmSettings.number(
                                owner, MAX_SESSIONS, text.apply(max), LEAST_MAX_SESSIONS, MOST_MAX_SESSIONS),
                behavior == null
                        ? Optional.empty()
                        : RealmSettings.oneOf(
                                owner, LIMIT_BEHAVIOR, text.apply(behavior), RealmSettings.LIMIT_BEHAVIORS));
    }
}
