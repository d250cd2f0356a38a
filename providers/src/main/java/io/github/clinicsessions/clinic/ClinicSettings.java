package io.github.clinicsessions.clinic;

import io.github.clinicsessions.bounds.BoundsKeeper;
import io.github.clinicsessions.bounds.RememberedIdle;
import io.github.clinicsessions.clinic.LongIdlePolicy.Idle;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingProblem.Kind;
import io.github.clinicsessions.platform.CountrySettings;
import io.github.clinicsessions.platform.IdleSettings;
import io.github.clinicsessions.platform.LimitSettings;
import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.timeout.TimeoutPolicyProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.organization.OrganizationProvider;

/** The settings of one clinic: read as they are in force, written where the clinic lives. */
public final class ClinicSettings {

    /** Of the admin events that tell of changes. */
    public static final String RESOURCE_TYPE = "CLINIC_SETTINGS";

    private static final int SECONDS_OF_MINUTE = 60;
    private static final int SECONDS_OF_HOUR = 3_600;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Clinic clinic;

    public ClinicSettings(KeycloakSession session, RealmModel realm, Clinic clinic) {
        this.session = session;
        this.realm = realm;
        this.clinic = clinic;
    }

    public Clinic clinic() {
        return clinic;
    }

    /** What is in force and seen by owners, in the order of {@link SettingKey}; what values are is said there. */
    public Map<SettingKey, Object> values() {
        Map<SettingKey, Object> values = all();
        values.keySet().removeIf(SettingKey::isOfAdministrators);
        return values;
    }

    /** What is in force and seen by whoever oversees. */
    public Map<SettingKey, Object> values(Oversight by) {
        return by.isAdministrator() ? all() : values();
    }

    /** What is in force. Rules for roles are the clinic's own; the realm's hold beside an organization's. */
    public Map<SettingKey, Object> all() {
        RealmSettings settings = RealmSettings.of(realm);
        Idle idle = idle();
        Map<SettingKey, Object> values = new EnumMap<>(SettingKey.class);
        values.put(SettingKey.IDLE_TIMEOUT_MINUTES, idle.minutes());
        values.put(
                SettingKey.IDLE_TIMEOUT_REASON,
                idle.own() ? idle.reason() : ofRealm().reason());
        values.put(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, idleSettings().roleMinutes());
        values.put(SettingKey.MAX_HOURS, maxHours());
        values.put(
                SettingKey.ACCESS_TOKEN_SECONDS,
                Math.min(
                        settings.accessTokenSeconds().orElse(RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS),
                        realm.getAccessTokenLifespan()));
        values.put(
                SettingKey.OPT_OUT_ALLOWED,
                OptOuts.allowing(session, realm, List.of(clinic.id())).contains(clinic.id()));
        values.put(
                SettingKey.MAX_SESSIONS,
                limit().maxSessions().isPresent() ? limit().maxSessions().getAsInt() : Inherited.INHERITED);
        values.put(SettingKey.LIMIT_BEHAVIOR, limit().behavior().orElse(RealmSettings.LIMIT_BEHAVIORS.get(0)));
        CountrySettings countries = ownCountries().or(CountrySettings.of(realm));
        values.put(SettingKey.COUNTRIES, countries.countries());
        values.put(SettingKey.BOUND_OFFLINE, settings.boundOffline());
        values.put(SettingKey.END_SESSIONS_ON_PASSWORD_CHANGE, settings.endSessionsOnPasswordChange());
        values.put(SettingKey.NOTIFY_OWNER, countries.notifyOwner().orElse(false));
        values.put(SettingKey.LEDGER_YEARS, settings.ledgerYears());
        return values;
    }

    /** Whether an organization has no value of its own, so that the realm's counts. */
    public boolean inherits(SettingKey key) {
        return !clinic.isRealm() && key.isInheritable() && !hasOwn(key);
    }

    /** Whether the clinic can be without a value of its own: an organization has the realm's then, a realm none. */
    public boolean canDoWithout(SettingKey key) {
        return clinic.isRealm() ? key.isOptional() : key.isInheritable();
    }

    private boolean hasOwn(SettingKey key) {
        return switch (key) {
            case IDLE_TIMEOUT_MINUTES -> idle().own();
            case MAX_SESSIONS -> ownLimit().maxSessions().isPresent();
            case LIMIT_BEHAVIOR -> ownLimit().behavior().isPresent();
            case COUNTRIES -> !ownCountries().countries().isEmpty();
            default -> true;
        };
    }

    /**
     * Whether the setting can be changed here by whoever oversees: an owner changes what is the clinic's, an administrator what
     * is the realm's too.
     */
    public boolean isWritable(SettingKey key, Oversight by) {
        return key.isOfClinic() || (clinic.isRealm() && by.isAdministrator());
    }

    /**
     * What of the wanted differs from what is in force, or is to be the clinic's own and is not yet; and what goes with it: a reason
     * goes when it is not needed any more, and stays with a new time-out that needs it.
     */
    public Map<SettingKey, Object> changes(Map<SettingKey, Object> wanted) {
        Map<SettingKey, Object> now = all();
        Idle idle = idle();
        Map<SettingKey, Object> changes = new EnumMap<>(SettingKey.class);
        wanted.forEach((key, value) -> {
            if (value instanceof Inherited ? hasOwn(key) : inherits(key) || !value.equals(now.get(key))) {
                changes.put(key, value);
            }
        });
        changes.remove(SettingKey.IDLE_TIMEOUT_REASON);
        String reason = reason(wanted);
        String then = LongIdlePolicy.then(idle, minutesThen(changes, idle), ownThen(changes, idle), reason)
                .reason();
        boolean withNewTimeout = changes.containsKey(SettingKey.IDLE_TIMEOUT_MINUTES) && reason != null;
        if (!then.equals(idle.reason()) || (withNewTimeout && !then.isEmpty())) {
            changes.put(SettingKey.IDLE_TIMEOUT_REASON, then);
        }
        return changes;
    }

    /** Those of the changes that whoever oversees may not make. */
    public Set<SettingKey> refused(Map<SettingKey, Object> changes, Oversight by) {
        Set<SettingKey> refused = EnumSet.noneOf(SettingKey.class);
        changes.keySet().stream().filter(key -> !isWritable(key, by)).forEach(refused::add);
        return refused;
    }

    /**
     * What is wrong with changes that are each within bounds: the reason that is missing, roles that are unknown.
     *
     * @param changes as {@link #changes} gives them
     */
    public List<SettingProblem> check(Map<SettingKey, Object> changes) {
        List<SettingProblem> problems = new ArrayList<>();
        Idle idle = idle();
        changes.forEach((key, value) -> {
            if (value instanceof Inherited && !canDoWithout(key)) {
                problems.add(new SettingProblem(key, Kind.BOUND, null));
            }
        });
        if (problems.isEmpty()
                && LongIdlePolicy.lacksReason(
                        idle, minutesThen(changes, idle), ownThen(changes, idle), reason(changes))) {
            problems.add(new SettingProblem(SettingKey.IDLE_TIMEOUT_REASON, Kind.REASON_MISSING, null));
        }
        if (changes.get(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES) instanceof Map<?, ?> wanted) {
            Set<String> known = idleSettings().roleMinutes().keySet(); // a role that is gone may be left as it is
            wanted.keySet().stream()
                    .map(String::valueOf)
                    .filter(role -> !known.contains(role) && realm.getRole(role) == null)
                    .forEach(role -> problems.add(
                            new SettingProblem(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES, Kind.UNKNOWN_ROLE, role)));
        }
        return problems;
    }

    private int minutesThen(Map<SettingKey, Object> changes, Idle now) {
        Object minutes = changes.get(SettingKey.IDLE_TIMEOUT_MINUTES);
        if (minutes instanceof Inherited) {
            return ofRealm().minutes();
        }
        return minutes == null ? now.minutes() : (Integer) minutes;
    }

    private static boolean ownThen(Map<SettingKey, Object> changes, Idle now) {
        Object minutes = changes.get(SettingKey.IDLE_TIMEOUT_MINUTES);
        return minutes == null ? now.own() : !(minutes instanceof Inherited);
    }

    private static @Nullable String reason(Map<SettingKey, Object> changes) {
        return (String) changes.get(SettingKey.IDLE_TIMEOUT_REASON);
    }

    /**
     * Changes settings in the request's transaction, with a row in the ledger for each.
     *
     * @param changes as {@link #changes} gives them
     * @throws IllegalArgumentException if one of them is refused, or wrong
     */
    public void change(Map<SettingKey, Object> changes, Oversight by) {
        if (!refused(changes, by).isEmpty()) {
            throw new IllegalArgumentException("refused: " + refused(changes, by));
        }
        if (!check(changes).isEmpty()) {
            throw new IllegalArgumentException("wrong: " + check(changes));
        }
        if (changes.isEmpty()) {
            return;
        }
        Map<SettingKey, Object> before = all();
        Set<SettingKey> inherited = EnumSet.noneOf(SettingKey.class);
        changes.keySet().stream().filter(this::inherits).forEach(inherited::add);
        write(changes);
        Map<SettingKey, Object> after = new EnumMap<>(all());
        changes.forEach((key, value) -> { // as wanted; the bounds that are kept below have rows of their own
            if (!(value instanceof Inherited)) {
                after.put(key, value);
            }
            if (key.isInheritable() && Objects.equals(before.get(key), after.get(key))) { // only whose it is changes
                (inherited.contains(key) ? before : after).put(key, Inherited.INHERITED);
            }
        });
        SettingRecords records = new SettingRecords(session, realm, clinic, by);
        changes.keySet()
                .forEach(key -> records.add(
                        key, Objects.requireNonNull(before.get(key)), Objects.requireNonNull(after.get(key)), (String)
                                Objects.requireNonNull(after.get(SettingKey.IDLE_TIMEOUT_REASON))));
        if (clinic.isRealm() || changes.containsKey(SettingKey.IDLE_TIMEOUT_MINUTES)) {
            new BoundsKeeper(session).keep(realm, by.doneBy()); // what depends on them: remember-me, clients' overrides
        }
        Map<String, @Nullable Object> representation = new LinkedHashMap<>();
        changes.forEach((key, value) -> representation.put(key.json(), key.toJson(value)));
        by.event()
                .operation(OperationType.UPDATE)
                .resource(RESOURCE_TYPE)
                .resourcePath("clinics", clinic.id(), "settings")
                .representation(representation)
                .success();
    }

    /** In force here. */
    private Idle idle() {
        Idle realms = ofRealm();
        if (clinic.isRealm()) {
            return realms;
        }
        OptionalInt own = idleSettings().minutes();
        return own.isPresent()
                ? new Idle(
                        own.getAsInt(),
                        true,
                        inForce(own.getAsInt(), first(organization(), SettingKey.IDLE_TIMEOUT_REASON)))
                : new Idle(realms.minutes(), false, "");
    }

    /** A minute that has begun counts: nobody is signed out later than is said. */
    private Idle ofRealm() {
        // 0 and less stand for Keycloak's default. It may be longer than the realm's own: for a clinic that allows
        // more.
        int seconds = SessionExpirationUtils.getSsoSessionIdleTimeout(realm);
        int minutes = Math.max(
                RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES,
                Math.min(
                        (seconds + SECONDS_OF_MINUTE - 1) / SECONDS_OF_MINUTE,
                        IdleSettings.of(realm).minutes().orElse(RealmSettings.LONGEST_IDLE_TIMEOUT_MINUTES)));
        return new Idle(minutes, true, inForce(minutes, realm.getAttribute(RealmSettings.IDLE_TIMEOUT_REASON)));
    }

    /** What came in by an import and is no reason as we take them counts as absent. */
    private static String inForce(int minutes, @Nullable String reason) {
        return reason == null || minutes <= LongIdlePolicy.MINUTES_WITHOUT_REASON
                ? ""
                : (String) SettingKey.IDLE_TIMEOUT_REASON.parse(reason).orElse("");
    }

    /** In force here. */
    private LimitSettings limit() {
        LimitSettings own = ownLimit();
        LimitSettings realms = LimitSettings.of(realm);
        return new LimitSettings(
                own.maxSessions().isPresent() ? own.maxSessions() : realms.maxSessions(),
                own.behavior().or(realms::behavior));
    }

    private LimitSettings ownLimit() {
        return clinic.isRealm() ? LimitSettings.of(realm) : LimitSettings.of(organization());
    }

    private CountrySettings ownCountries() {
        return clinic.isRealm() ? CountrySettings.of(realm) : CountrySettings.of(organization());
    }

    private IdleSettings idleSettings() {
        return clinic.isRealm() ? IdleSettings.of(realm) : IdleSettings.of(organization());
    }

    /** Of an hour that has begun the whole counts. */
    private int maxHours() {
        int seconds = SessionExpirationUtils.getSsoSessionMaxLifespan(realm);
        return Math.min(
                (seconds + SECONDS_OF_HOUR - 1) / SECONDS_OF_HOUR,
                RealmSettings.of(realm).maxHours().orElse(RealmSettings.LONGEST_MAX_HOURS));
    }

    private OrganizationModel organization() {
        return session.getProvider(OrganizationProvider.class).getById(clinic.id());
    }

    private static @Nullable String first(OrganizationModel organization, SettingKey key) {
        List<String> values = organization.getAttributes().get(key.attribute());
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    private void write(Map<SettingKey, Object> changes) {
        if (!clinic.isRealm()) {
            OrganizationModel organization = organization();
            Map<String, List<String>> attributes = new HashMap<>(organization.getAttributes());
            changes.forEach((key, value) -> {
                attributes.keySet().removeIf(key::isStoredAs);
                key.stored(value).forEach((name, text) -> attributes.put(name, List.of(text)));
            });
            organization.setAttributes(attributes); // once: Keycloak's model of it is not to be read again after that
            return;
        }
        changes.forEach((key, value) -> {
            Map<String, String> stored = key.stored(value);
            List.copyOf(realm.getAttributes().keySet()).stream()
                    .filter(name -> key.isStoredAs(name) && !stored.containsKey(name))
                    .forEach(realm::removeAttribute);
            stored.forEach(realm::setAttribute);
        });
        // The attributes only bound Keycloak's own values, which are what acts.
        if (changes.get(SettingKey.IDLE_TIMEOUT_MINUTES) instanceof Integer minutes) {
            int longestOfClinics = session.getProvider(TimeoutPolicyProvider.class)
                    .longestMinutes(realm)
                    .orElse(minutes);
            RememberedIdle.forget(realm);
            realm.setSsoSessionIdleTimeout(Math.max(minutes, longestOfClinics) * SECONDS_OF_MINUTE);
        }
        if (changes.get(SettingKey.MAX_HOURS) instanceof Integer hours) {
            realm.setSsoSessionMaxLifespan(hours * SECONDS_OF_HOUR);
        }
        if (changes.get(SettingKey.ACCESS_TOKEN_SECONDS) instanceof Integer seconds
                && seconds > realm.getAccessTokenLifespan()) {
            realm.setAccessTokenLifespan(seconds);
        }
    }
}
