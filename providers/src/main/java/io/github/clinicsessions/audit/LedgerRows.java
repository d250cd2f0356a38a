package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Clinics;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Fills in what whoever made a row did not know: clinics, the person's name, the device of a session that has gone. */
public final class LedgerRows {

    private LedgerRows() {}

    /**
     * The row as it is to be written, or null for the start of a session that the ledger already has (Keycloak fires
     * LOGIN again whenever a session is joined by a further client).
     */
    public static @Nullable LedgerRow complete(KeycloakSession session, LedgerStoreProvider store, LedgerRow row) {
        Optional<LedgerRow> start =
                row.sessionRef() == null ? Optional.empty() : store.findStart(row.realmId(), row.sessionRef());
        if (row.action() == LedgerAction.SESSION_STARTED && start.isPresent()) {
            return null;
        }
        RealmModel realm = session.realms().getRealm(row.realmId());
        if (realm == null) {
            return row; // the ledger outlives its realm
        }
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, row.userId());
        List<String> clinicIds =
                user == null ? start.map(LedgerRow::clinicIds).orElse(List.of()) : Clinics.idsOf(session, realm, user);
        String username = row.username();
        if (username == null) {
            username = user == null ? start.map(LedgerRow::username).orElse(null) : user.getUsername();
        }
        String device = row.device() == null ? start.map(LedgerRow::device).orElse(null) : row.device();
        return row.with(clinicIds, username, device);
    }
}
