package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.bounds.BoundsKeeper;
import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
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

    /** What is in force and seen by owners, in the order of {@link SettingKey}: Integers and Booleans. */
    public Map<SettingKey, Object> values() {
        Map<SettingKey, Object> values = all();
        values.keySet().removeIf(SettingKey::isOfAdministrators);
        return values;
    }

    /** What is in force and seen by whoever oversees. */
    public Map<SettingKey, Object> values(Oversight by) {
        return by.isAdministrator() ? all() : values();
    }

    /** What is in force. */
    public Map<SettingKey, Object> all() {
        RealmSettings settings = RealmSettings.of(realm);
        Map<SettingKey, Object> values = new EnumMap<>(SettingKey.class);
        values.put(SettingKey.IDLE_TIMEOUT_MINUTES, idleTimeoutMinutes());
        values.put(
                SettingKey.OPT_OUT_ALLOWED,
                OptOuts.allowing(session, realm, List.of(clinic.id())).contains(clinic.id()));
        values.put(
                SettingKey.ACCESS_TOKEN_SECONDS,
                Math.min(
                        settings.accessTokenSeconds().orElse(RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS),
                        realm.getAccessTokenLifespan()));
        values.put(SettingKey.BOUND_OFFLINE, settings.boundOffline());
        values.put(SettingKey.END_SESSIONS_ON_PASSWORD_CHANGE, settings.endSessionsOnPasswordChange());
        values.put(SettingKey.LEDGER_YEARS, settings.ledgerYears());
        return values;
    }

    /**
     * Whether the setting can be changed here by whoever oversees: an owner changes what is the clinic's, an administrator what
     * is the realm's too. An organization's own timeout is not enforced yet, so that nobody can set one.
     */
    public boolean isWritable(SettingKey key, Oversight by) {
        if (clinic.isRealm()) {
            return key.isOfClinic() || by.isAdministrator();
        }
        return key == SettingKey.OPT_OUT_ALLOWED;
    }

    /** Those of the wanted that differ from what is in force. */
    public Map<SettingKey, Object> changes(Map<SettingKey, Object> wanted) {
        Map<SettingKey, Object> now = all();
        Map<SettingKey, Object> changes = new EnumMap<>(SettingKey.class);
        wanted.forEach((key, value) -> {
            if (!value.equals(now.get(key))) {
                changes.put(key, value);
            }
        });
        return changes;
    }

    /** Those of the changes that whoever oversees may not make. */
    public Set<SettingKey> refused(Map<SettingKey, Object> changes, Oversight by) {
        Set<SettingKey> refused = EnumSet.noneOf(SettingKey.class);
        changes.keySet().stream().filter(key -> !isWritable(key, by)).forEach(refused::add);
        return refused;
    }

    /**
     * Changes settings in the request's transaction, with a row in the ledger for each.
     *
     * @param changes parsed by {@link SettingKey#parse}
     * @throws IllegalArgumentException if one of them is refused
     */
    public void change(Map<SettingKey, Object> changes, Oversight by) {
        if (!refused(changes, by).isEmpty()) {
            throw new IllegalArgumentException("refused: " + refused(changes, by));
        }
        if (changes.isEmpty()) {
            return;
        }
        Map<SettingKey, Object> before = all();
        changes.forEach((key, value) -> {
            write(key, value);
            record(key, before.get(key), value, by);
        });
        if (clinic.isRealm()) {
            new BoundsKeeper(session).keep(realm, by.doneBy()); // what depends on them: remember-me, clients' overrides
        }
        Map<String, Object> representation = new LinkedHashMap<>();
        changes.forEach((key, value) -> representation.put(key.json(), value));
        by.event()
                .operation(OperationType.UPDATE)
                .resource(RESOURCE_TYPE)
                .resourcePath("clinics", clinic.id(), "settings")
                .representation(representation)
                .success();
    }

    /** A minute that has begun counts: nobody is signed out later than is said. */
    private int idleTimeoutMinutes() {
        // 0 and less stand for Keycloak's default.
        int seconds = SessionExpirationUtils.getSsoSessionIdleTimeout(realm);
        int ofRealm = (seconds + SECONDS_OF_MINUTE - 1) / SECONDS_OF_MINUTE;
        return Math.max(RealmSettings.SHORTEST_IDLE_TIMEOUT_MINUTES, ofRealm);
    }

    private void write(SettingKey key, Object value) {
        String text = value.toString();
        if (!clinic.isRealm()) {
            OrganizationModel organization =
                    session.getProvider(OrganizationProvider.class).getById(clinic.id());
            Map<String, List<String>> attributes = new HashMap<>(organization.getAttributes());
            attributes.put(key.attribute(), List.of(text));
            organization.setAttributes(attributes);
            return;
        }
        realm.setAttribute(key.attribute(), text);
        // The attribute only bounds Keycloak's own value, which is what acts.
        if (key == SettingKey.IDLE_TIMEOUT_MINUTES) {
            realm.setSsoSessionIdleTimeout((Integer) value * SECONDS_OF_MINUTE);
        } else if (key == SettingKey.ACCESS_TOKEN_SECONDS && (Integer) value > realm.getAccessTokenLifespan()) {
            realm.setAccessTokenLifespan((Integer) value);
        }
    }

    private void record(SettingKey key, @Nullable Object before, Object after, Oversight by) {
        // A setting of a realm with organizations is every clinic's, and no clinic's own.
        boolean ofAll = clinic.isRealm() && realm.isOrganizationsEnabled();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("setting", key.json());
        if (clinic.alias() != null) {
            details.put("clinic", clinic.alias());
        }
        details.put("old", String.valueOf(before));
        details.put("new", after.toString());
        session.getProvider(LedgerStoreProvider.class)
                .append(LedgerRow.settingChanged(
                        realm.getId(),
                        ofAll ? List.of() : List.of(clinic.id()),
                        Time.currentTimeMillis(),
                        by.doneBy().actor(),
                        by.doneBy().ipAddress(),
                        details));
    }
}
