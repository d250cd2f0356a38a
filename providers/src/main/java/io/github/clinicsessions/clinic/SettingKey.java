package io.github.clinicsessions.clinic;

import io.github.clinicsessions.platform.RealmSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A setting of a clinic: its name in JSON and in forms, where it is stored, and what it may be. */
public enum SettingKey {
    /** Minutes until a session ends that nobody uses. */
    IDLE_TIMEOUT_MINUTES(
            "idleTimeoutMinutes",
            RealmSettings.IDLE_TIMEOUT_MINUTES,
            true,
            RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES,
            RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES),
    /** Whether people may opt out of being seen by the owner. */
    OPT_OUT_ALLOWED("optOutAllowed", RealmSettings.OPT_OUT_ALLOWED, true),
    /** Seconds that access tokens live at the most. */
    ACCESS_TOKEN_SECONDS(
            "accessTokenSeconds",
            RealmSettings.ACCESS_TOKEN_SECONDS,
            false,
            RealmSettings.SHORTEST_ACCESS_TOKEN_SECONDS,
            RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS),
    /** Whether offline access that nobody uses is bounded as sessions are. Owners do not see it. */
    BOUND_OFFLINE("boundOffline", RealmSettings.BOUND_OFFLINE, false),
    /** Whether a new password ends all other sessions. */
    END_SESSIONS_ON_PASSWORD_CHANGE(
            "endSessionsOnPasswordChange", RealmSettings.END_SESSIONS_ON_PASSWORD_CHANGE, false),
    /** Years that the ledger is kept. */
    LEDGER_YEARS("ledgerYears", RealmSettings.LEDGER_YEARS, false, 1, RealmSettings.MAX_LEDGER_YEARS);

    private final String json;
    private final String attribute;
    private final boolean ofClinic;
    private final boolean number;
    private final int least;
    private final int most;

    /** A number. */
    SettingKey(String json, String attribute, boolean ofClinic, int least, int most) {
        this(json, attribute, ofClinic, true, least, most);
    }

    /** Yes or no. */
    SettingKey(String json, String attribute, boolean ofClinic) {
        this(json, attribute, ofClinic, false, 0, 0);
    }

    SettingKey(String json, String attribute, boolean ofClinic, boolean number, int least, int most) {
        this.json = json;
        this.attribute = attribute;
        this.ofClinic = ofClinic;
        this.number = number;
        this.least = least;
        this.most = most;
    }

    /** Of this name in JSON. */
    public static Optional<SettingKey> named(String json) {
        return Stream.of(values()).filter(key -> key.json.equals(json)).findFirst();
    }

    /** The name in JSON and in forms. */
    public String json() {
        return json;
    }

    /** Whether an owner writes it; the others are the realm's, and administrators write them. */
    public boolean isOfClinic() {
        return ofClinic;
    }

    /** Whether only administrators see it. */
    public boolean isOfAdministrators() {
        return this == BOUND_OFFLINE;
    }

    public boolean isNumber() {
        return number;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** What a value has to be, as the end of a sentence that begins with the name. */
    public String bound() {
        return number ? "must be a whole number from " + least + " to " + most : "must be true or false";
    }

    /**
     * The value that was sent: a JSON number or boolean, or what somebody typed.
     *
     * @return an Integer or a Boolean; empty for anything that is not as {@link #bound} says
     */
    public Optional<Object> parse(@Nullable Object sent) {
        if (number) {
            return wholeNumber(sent)
                    .filter(value -> value >= least && value <= most)
                    .map(Long::intValue);
        }
        if (sent instanceof Boolean) {
            return Optional.of(sent);
        }
        return sent instanceof String text
                ? switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    String attribute() {
        return attribute;
    }

    private static Optional<Long> wholeNumber(@Nullable Object sent) {
        if (sent instanceof Integer || sent instanceof Long) {
            return Optional.of(((Number) sent).longValue());
        }
        if (sent instanceof String text && text.strip().matches("[0-9]{1,9}")) {
            return Optional.of(Long.valueOf(text.strip()));
        }
        return Optional.empty();
    }
}
