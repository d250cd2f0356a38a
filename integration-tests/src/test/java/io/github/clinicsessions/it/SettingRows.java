package io.github.clinicsessions.it;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger's rows of changed settings, as tests ask for them. */
final class SettingRows {

    private SettingRows() {}

    /** Of a realm, oldest first. */
    static List<LedgerRow> of(TestRealm realm) {
        return realm.ledger().rows(realm.id()).stream()
                .filter(row -> row.action().equals("SETTING_CHANGED"))
                .toList();
    }

    /** Of one setting of the realm, or of one client where it is named. */
    static List<LedgerRow> of(TestRealm realm, String setting, @Nullable String client) {
        return of(realm).stream()
                .filter(row -> detail(row, "setting").equals(setting))
                .filter(row -> detail(row, "client").equals(client == null ? "" : client))
                .toList();
    }

    /** Empty if it is not there. */
    static String detail(LedgerRow row, String name) {
        return Http.parse(String.valueOf(row.details())).path(name).asText("");
    }

    /** {@code tried→inForce}. */
    static String change(LedgerRow row) {
        return detail(row, "tried") + "→" + detail(row, "inForce");
    }
}
