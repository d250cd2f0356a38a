package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** The row of a change that the server's administrator has caused. */
    static void byTheAdministrator(LedgerRow row) {
        assertThat(row.actorType()).isEqualTo("ADMIN");
        assertThat(row.actorName()).isEqualTo(KeycloakServer.ADMIN);
        assertThat(row.actorId()).isNotEmpty().isEqualTo(row.userId());
        assertThat(row.clinicIds()).isEqualTo(row.realmId());
        assertThat(row.ipAddress()).isNotEmpty();
        assertThat(row.state()).isEqualTo("DONE");
    }

    /** {@code tried→inForce}. */
    static String change(LedgerRow row) {
        return detail(row, "tried") + "→" + detail(row, "inForce");
    }
}
