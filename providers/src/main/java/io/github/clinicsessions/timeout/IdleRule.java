package io.github.clinicsessions.timeout;

import io.github.clinicsessions.platform.RealmSettings;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a session ends that nobody uses.
 *
 * @param name the clinic's alias or the role's name; null where there is none
 * @param clinic alias of the organization whose rule it is; null for a rule of the realm's
 * @param seconds that it may last unused; 1 or more
 */
public record IdleRule(
        Kind kind, @Nullable String name, @Nullable String clinic, int seconds) {

    /** Of two rules of the same length the one that stands first here is told. */
    public enum Kind {
        /** The setting of a clinic of the person's. */
        CLINIC,
        /** The setting for people of a role. */
        ROLE,
        /** What the realm has for everybody. */
        REALM,
        /** What no session may pass. */
        BOUND
    }

    /** The strictest first, and of equals always the same. */
    static final Comparator<IdleRule> STRICTEST_FIRST = Comparator.comparingInt(IdleRule::seconds)
            .thenComparing(IdleRule::kind)
            .thenComparing(rule -> rule.name == null ? "" : rule.name);

    public IdleRule {
        if (seconds < 1) {
            throw new IllegalArgumentException("at least a second: " + seconds);
        }
    }

    /** A rule of the realm's, or of the clinic that is its name. */
    public IdleRule(Kind kind, @Nullable String name, int seconds) {
        this(kind, name, kind == Kind.CLINIC ? name : null, seconds);
    }

    /** In English, as REST says it: {@code clinic rule}, {@code role front-desk}, {@code realm setting} or {@code bound of 240 minutes}. */
    public String reason() {
        return switch (kind) {
            case CLINIC -> "clinic rule";
            case ROLE -> "role " + name;
            case REALM -> "realm setting";
            case BOUND -> "bound of " + RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES + " minutes";
        };
    }
}
