package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.SettingKind.Choice;
import io.github.clinicsessions.clinic.SettingKind.CountryList;
import io.github.clinicsessions.clinic.SettingKind.Flag;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingKind.NumberByRole;
import io.github.clinicsessions.clinic.SettingKind.Text;
import io.github.clinicsessions.clinic.SettingKind.WholeNumber;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A setting of a clinic: its name in JSON and in forms, where it is stored, and what it may be. */
public enum SettingKey {
    /** Minutes until a session ends that nobody uses. An organization need not have one of its own. */
    IDLE_TIMEOUT_MINUTES("idleTimeoutMinutes", RealmSettings.IDLE_TIMEOUT_MINUTES, true, Kinds.IDLE_MINUTES),
    /** Why it is more than an hour. */
    IDLE_TIMEOUT_REASON(
            "idleTimeoutReason",
            RealmSettings.IDLE_TIMEOUT_REASON,
            true,
            new Text(RealmSettings.LONGEST_IDLE_TIMEOUT_REASON)),
    /** The same minutes for people of a role, by the name of the realm's role. */
    ROLE_IDLE_TIMEOUT_MINUTES(
            "roleIdleTimeoutMinutes",
            RealmSettings.ROLE_IDLE_TIMEOUT_MINUTES,
            true,
            new NumberByRole(
                    Kinds.IDLE_MINUTES, RealmSettings.LONGEST_ROLE_NAME, RealmSettings.MOST_ROLE_IDLE_TIMEOUTS)),
    /** Hours that a session lasts at the longest. */
    MAX_HOURS(
            "maxHours",
            RealmSettings.MAX_HOURS,
            false,
            new WholeNumber(RealmSettings.SHORTEST_MAX_HOURS, RealmSettings.LONGEST_MAX_HOURS)),
    /** Seconds that access tokens live at the most. */
    ACCESS_TOKEN_SECONDS(
            "accessTokenSeconds",
            RealmSettings.ACCESS_TOKEN_SECONDS,
            false,
            new WholeNumber(RealmSettings.SHORTEST_ACCESS_TOKEN_SECONDS, RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS)),
    /** Whether people may opt out of being seen by the owner. */
    OPT_OUT_ALLOWED("optOutAllowed", RealmSettings.OPT_OUT_ALLOWED, true, new Flag()),
    /** How many sessions a person may have at a time. Without one there is no limit. */
    MAX_SESSIONS(
            "maxSessions",
            RealmSettings.MAX_SESSIONS,
            true,
            new WholeNumber(RealmSettings.LEAST_MAX_SESSIONS, RealmSettings.MOST_MAX_SESSIONS)),
    /** What becomes of a sign-in that would be one session too many. */
    LIMIT_BEHAVIOR("limitBehavior", RealmSettings.LIMIT_BEHAVIOR, true, new Choice(RealmSettings.LIMIT_BEHAVIORS)),
    /** From which countries people work. Without any, what is new for a person is unfamiliar. */
    COUNTRIES("countries", RealmSettings.COUNTRIES, true, new CountryList(RealmSettings.MOST_COUNTRIES)),
    /** Whether offline access that nobody uses is bounded as sessions are. Owners do not see it. */
    BOUND_OFFLINE("boundOffline", RealmSettings.BOUND_OFFLINE, false, new Flag()),
    /** Whether a new password ends all other sessions. */
    END_SESSIONS_ON_PASSWORD_CHANGE(
            "endSessionsOnPasswordChange", RealmSettings.END_SESSIONS_ON_PASSWORD_CHANGE, false, new Flag()),
    /** Whether owners hear of what is noticed at sign-ins. */
    NOTIFY_OWNER("notifyOwner", RealmSettings.NOTIFY_OWNER, true, new Flag()),
    /** Years that the ledger is kept. */
    LEDGER_YEARS("ledgerYears", RealmSettings.LEDGER_YEARS, false, new WholeNumber(1, RealmSettings.MAX_LEDGER_YEARS));

    private final String json;
    private final String attribute;
    private final boolean ofClinic;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers
    private final SettingKind kind;

    SettingKey(String json, String attribute, boolean ofClinic, SettingKind kind) {
        this.json = json;
        this.attribute = attribute;
        this.ofClinic = ofClinic;
        this.kind = kind;
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

    /** Whether an organization may give its own value back, and has the realm's then. */
    public boolean isInheritable() {
        return this == IDLE_TIMEOUT_MINUTES || isOptional();
    }

    /** Whether a realm need not have one either. */
    boolean isOptional() {
        return this == MAX_SESSIONS || this == LIMIT_BEHAVIOR || this == COUNTRIES;
    }

    public SettingKind kind() {
        return kind;
    }

    /** A value as somebody would type it; empty for none. */
    public String typed(Object value) {
        if (value instanceof List<?> list) {
            return CountryList.text(list).replace(",", ", ");
        }
        return value instanceof Inherited ? "" : value.toString();
    }

    public boolean isNumber() {
        return kind instanceof WholeNumber;
    }

    /** Of a number, or of the number for each role; of anything else 0. */
    public int least() {
        WholeNumber number = number();
        return number == null ? 0 : number.least();
    }

    /** As {@link #least}; of a list how many there may be. */
    public int most() {
        WholeNumber number = number();
        if (kind instanceof CountryList countries) {
            return countries.most();
        }
        return number == null ? 0 : number.most();
    }

    /** Characters of a text, 0 of anything else. */
    public int longest() {
        return kind instanceof Text text ? text.longest() : 0;
    }

    private @Nullable WholeNumber number() {
        if (kind instanceof NumberByRole byRole) {
            return byRole.number();
        }
        return kind instanceof WholeNumber number ? number : null;
    }

    /** What a value has to be, as the end of a sentence that begins with the name. */
    public String bound() {
        return kind.bound();
    }

    /** The same of one role's part, where one is named. */
    String bound(@Nullable String role) {
        return kind instanceof NumberByRole byRole && role != null ? byRole.boundOf(role) : bound();
    }

    /**
     * The value that was sent: a JSON number, boolean, text, object or array, {@link Inherited} for JSON's null, or what somebody typed.
     *
     * @return an Integer, a Boolean, a String (empty for no text), a {@code SortedMap<String, Integer>} by role, a {@code
     *     List<String>}, or {@link Inherited}, as the {@link #kind} says; empty for anything that is not as {@link #bound} says
     */
    public Optional<Object> parse(@Nullable Object sent) {
        return sent instanceof Inherited && isInheritable() ? Optional.of(sent) : kind.parse(sent);
    }

    /** What is wrong with what {@link #parse} does not take; of several roles each that is wrong. */
    public List<SettingProblem> problems(@Nullable Object sent) {
        List<SettingProblem> problems = new ArrayList<>();
        if (kind instanceof NumberByRole byRole
                && sent instanceof Map<?, ?> map
                && map.size() <= byRole.rolesAtMost()) {
            map.forEach((name, value) -> {
                if (byRole.parse(Collections.singletonMap(name, value)).isEmpty()) {
                    problems.add(new SettingProblem(this, SettingProblem.Kind.BOUND, String.valueOf(name)));
                }
            });
        }
        return problems.isEmpty() ? List.of(new SettingProblem(this, SettingProblem.Kind.BOUND, null)) : problems;
    }

    /** As JSON has it: null for no text and for no value. */
    public @Nullable Object toJson(Object value) {
        return value.equals("") || value instanceof Inherited ? null : value;
    }

    String attribute() {
        return attribute;
    }

    /** Whether it is kept in an attribute of this name. */
    boolean isStoredAs(String name) {
        return kind instanceof NumberByRole
                ? name.startsWith(attribute) && name.length() > attribute.length()
                : name.equals(attribute);
    }

    /** The attributes that keep a value; none for what is taken away. */
    Map<String, String> stored(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .collect(Collectors.toMap(one -> attribute + one.getKey(), one -> String.valueOf(one.getValue())));
        }
        if (value instanceof List<?> list) {
            return Map.of(attribute, CountryList.text(list));
        }
        return toJson(value) == null ? Map.of() : Map.of(attribute, value.toString());
    }

    /** What several keys are made of; a constant of the enum's own would come too late. */
    private static final class Kinds {
        static final WholeNumber IDLE_MINUTES = new WholeNumber(
                RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES, RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES);

        private Kinds() {}
    }
}
