package io.github.clinicsessions.platform;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/**
 * The settings of a realm: its attributes below {@code clinicSessions.}, read with their bounds. A value that cannot be
 * parsed counts as absent, one out of bounds as the nearest bound; each such value is logged once per server.
 */
public final class RealmSettings {

    /** Attribute: access tokens live no longer than this; seconds, 30 to 120. */
    public static final String ACCESS_TOKEN_SECONDS = "clinicSessions.accessTokenSeconds";

    /** Attribute: whether a new password ends all other sessions; true or false. */
    public static final String END_SESSIONS_ON_PASSWORD_CHANGE = "clinicSessions.endSessionsOnPasswordChange";

    /** Attribute: for how many years the ledger is kept; 1 to 10. */
    public static final String LEDGER_YEARS = "clinicSessions.ledgerYears";

    /** Attribute: how long a session lasts that nobody uses; minutes, 1 to 240. Also of organizations. */
    public static final String IDLE_TIMEOUT_MINUTES = "clinicSessions.idleTimeoutMinutes";

    /**
     * What attributes begin with that hold people of a role to a shorter time, minutes as {@link #IDLE_TIMEOUT_MINUTES}; the
     * name of the realm's role follows. Also of organizations.
     */
    public static final String ROLE_IDLE_TIMEOUT_MINUTES = IDLE_TIMEOUT_MINUTES + ".role.";

    /** Attribute: why sessions may last unused for longer than an hour; text. Also of organizations. */
    public static final String IDLE_TIMEOUT_REASON = "clinicSessions.idleTimeoutReason";

    /** Attribute: how long a session lasts at the longest; hours, 1 to 24. */
    public static final String MAX_HOURS = "clinicSessions.maxHours";

    /** Attribute: whether offline access that nobody uses is bounded as sessions are; true or false. */
    public static final String BOUND_OFFLINE = "clinicSessions.boundOffline";

    /** Attribute: whether people may opt out of being seen by the owner; true or false. Also of organizations. */
    public static final String OPT_OUT_ALLOWED = "clinicSessions.optOutAllowed";

    /** Attribute: how many sessions a person may have at a time; 1 to 100. Also of organizations. */
    public static final String MAX_SESSIONS = "clinicSessions.maxSessions";

    /** Attribute: what becomes of a session too many; one of {@link #LIMIT_BEHAVIORS}. Also of organizations. */
    public static final String LIMIT_BEHAVIOR = "clinicSessions.limitBehavior";

    /** Attribute: from which countries people work; codes (ISO 3166-1 alpha-2), commas between. Also of organizations. */
    public static final String COUNTRIES = "clinicSessions.countries";

    /** Codes in {@link #COUNTRIES}, so that an organization's attribute holds them. */
    public static final int MOST_COUNTRIES = 60;

    /** Attribute: whether owners hear of what is noticed at sign-ins; true or false. Also of organizations. */
    public static final String NOTIFY_OWNER = "clinicSessions.notifyOwner";

    /** Values of {@link #LIMIT_BEHAVIOR}; the first one counts when it is not set. */
    public static final List<String> LIMIT_BEHAVIORS = List.of("choose", "end-least-recent", "deny");

    public static final int LEAST_MAX_SESSIONS = 1;
    public static final int MOST_MAX_SESSIONS = 100;

    public static final int SHORTEST_IDLE_TIMEOUT_MINUTES = 1;
    public static final int LONGEST_IDLE_TIMEOUT_MINUTES = 240;

    /** Characters: an organization's attributes hold no more than 255. */
    public static final int LONGEST_IDLE_TIMEOUT_REASON = 250;

    /** Characters: an attribute's name holds no more than 255, of which {@link #ROLE_IDLE_TIMEOUT_MINUTES} takes its part. */
    public static final int LONGEST_ROLE_NAME = 200;

    /** Roles that a realm or an organization has a time-out for. */
    public static final int MOST_ROLE_IDLE_TIMEOUTS = 50;

    public static final int SHORTEST_MAX_HOURS = 1;
    public static final int LONGEST_MAX_HOURS = 24;
    public static final int SHORTEST_ACCESS_TOKEN_SECONDS = 30;
    public static final int LONGEST_ACCESS_TOKEN_SECONDS = 120;
    public static final int DEFAULT_LEDGER_YEARS = 6;
    public static final int MAX_LEDGER_YEARS = 10;

    private static final int SECONDS_OF_HOUR = 3_600;
    private static final Logger LOG = Logger.getLogger(RealmSettings.class);
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private static final int TOLD_AT_MOST = 1_000;

    private final RealmModel realm;

    private RealmSettings(RealmModel realm) {
        this.realm = realm;
    }

    public static RealmSettings of(RealmModel realm) {
        return new RealmSettings(realm);
    }

    /** Seconds, {@value #SHORTEST_ACCESS_TOKEN_SECONDS} to {@value #LONGEST_ACCESS_TOKEN_SECONDS}; empty when not set. */
    public OptionalInt accessTokenSeconds() {
        return number(ACCESS_TOKEN_SECONDS, SHORTEST_ACCESS_TOKEN_SECONDS, LONGEST_ACCESS_TOKEN_SECONDS);
    }

    /**
     * Minutes, {@value #SHORTEST_IDLE_TIMEOUT_MINUTES} to {@value #LONGEST_IDLE_TIMEOUT_MINUTES}; empty when not set: the
     * realm's native value counts.
     */
    public OptionalInt idleTimeoutMinutes() {
        return number(IDLE_TIMEOUT_MINUTES, SHORTEST_IDLE_TIMEOUT_MINUTES, LONGEST_IDLE_TIMEOUT_MINUTES);
    }

    /** Hours, {@value #SHORTEST_MAX_HOURS} to {@value #LONGEST_MAX_HOURS}; empty when not set. */
    public OptionalInt maxHours() {
        return number(MAX_HOURS, SHORTEST_MAX_HOURS, LONGEST_MAX_HOURS);
    }

    /**
     * Seconds that a session may last at the longest: {@link #maxHours}, else {@value #LONGEST_MAX_HOURS} hours. Keycloak's own
     * values may be lower.
     */
    public int longestSessionSeconds() {
        return SECONDS_OF_HOUR * maxHours().orElse(LONGEST_MAX_HOURS);
    }

    /** False when not set: switching on must not end offline access. */
    public boolean boundOffline() {
        return flag(BOUND_OFFLINE, false);
    }

    /** True when not set. */
    public boolean optOutAllowed() {
        return flag(OPT_OUT_ALLOWED, true);
    }

    /** True when not set. */
    public boolean endSessionsOnPasswordChange() {
        return flag(END_SESSIONS_ON_PASSWORD_CHANGE, true);
    }

    /** 1 to {@value #MAX_LEDGER_YEARS}; {@value #DEFAULT_LEDGER_YEARS} when not set. */
    public int ledgerYears() {
        return number(LEDGER_YEARS, 1, MAX_LEDGER_YEARS).orElse(DEFAULT_LEDGER_YEARS);
    }

    private OptionalInt number(String name, int min, int max) {
        return number("realm " + realm.getName(), name, realm.getAttribute(name), min, max);
    }

    /**
     * A number in an attribute: empty for one that is no whole number, the nearest bound for one that is out of bounds.
     *
     * @param owner whose attribute it is, for the log
     */
    static OptionalInt number(String owner, String name, @Nullable String text, int min, int max) {
        if (text == null || text.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value < min || value > max) {
                tellOnce(owner, name, text, "is out of bounds (" + min + " to " + max + "), the nearest bound counts");
            }
            return OptionalInt.of((int) Math.max(min, Math.min(max, value)));
        } catch (NumberFormatException e) {
            tellOnce(owner, name, text, "is not a whole number, it counts as absent");
            return OptionalInt.empty();
        }
    }

    /** One of some words in an attribute: empty for any other. */
    static Optional<String> oneOf(String owner, String name, @Nullable String text, List<String> words) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (!words.contains(text.strip())) {
            tellOnce(owner, name, text, "is none of " + words + ", it counts as absent");
            return Optional.empty();
        }
        return Optional.of(text.strip());
    }

    private boolean flag(String name, boolean absent) {
        return flag("realm " + realm.getName(), name, realm.getAttribute(name)).orElse(absent);
    }

    /** Yes or no in an attribute: empty for anything else. */
    static Optional<Boolean> flag(String owner, String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        Optional<Boolean> value = Flags.parse(text);
        if (value.isEmpty()) {
            tellOnce(owner, name, text, "is neither true nor false, it counts as absent");
        }
        return value;
    }

    static void tellOnce(String owner, String name, String text, String what) {
        if (TOLD.size() < TOLD_AT_MOST && TOLD.add(owner + ' ' + name + ' ' + text)) {
            LOG.warnf("attribute %s of %s %s", name, owner, what);
        }
    }
}
