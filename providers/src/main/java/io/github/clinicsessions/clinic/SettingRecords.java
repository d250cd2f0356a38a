package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes the ledger's rows of settings that somebody has changed, in the request's transaction. */
final class SettingRecords {

    /** In place of a value that is not there. */
    private static final String NONE = "-";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Clinic clinic;
    private final Oversight by;

    SettingRecords(KeycloakSession session, RealmModel realm, Clinic clinic, Oversight by) {
        this.session = session;
        this.realm = realm;
        this.clinic = clinic;
        this.by = by;
    }

    /**
     * A row if the values differ; of roles one for each that differs.
     *
     * @param reason of the time-out as it is now; empty for none
     */
    void add(SettingKey key, Object before, Object after, String reason) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            Set<String> roles = new TreeSet<>();
            old.keySet().forEach(role -> roles.add(String.valueOf(role)));
            now.keySet().forEach(role -> roles.add(String.valueOf(role)));
            roles.forEach(role -> append(key.json() + "." + role, text(old.get(role)), text(now.get(role)), ""));
        } else {
            append(key.json(), text(before), text(after), key == SettingKey.IDLE_TIMEOUT_MINUTES ? reason : "");
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? NONE : SettingKind.CountryList.text(list);
        }
        return value == null || value.equals("") || value instanceof Inherited ? NONE : value.toString();
    }

    private void append(String setting, String old, String now, String reason) {
        if (old.equals(now)) {
            return;
        }
        // A setting of a realm with organizations is every clinic's, and no clinic's own.
        boolean ofAll = clinic.isRealm() && realm.isOrganizationsEnabled();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("setting", setting);
        if (clinic.alias() != null) {
            details.put("clinic", clinic.alias());
        }
        details.put("old", old);
        details.put("new", now);
        if (!reason.isEmpty()) {
            details.put("reason", reason);
        }
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
