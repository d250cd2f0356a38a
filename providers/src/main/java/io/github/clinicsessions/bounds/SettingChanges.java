package io.github.clinicsessions.bounds;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The ledger's rows of settings that a request changes, written in the request's own transaction: they are there if and only
 * if the change is. A partial import runs in a Keycloak session that does not know who asked for it; its admin events, which
 * come after each client, do. So a row without an actor waits for the next admin event, at the latest for the commit.
 *
 * <p>One per Keycloak session, hence used by one thread.
 */
final class SettingChanges {

    private static final Logger LOG = Logger.getLogger(SettingChanges.class);
    private static final String KEY = SettingChanges.class.getName();

    private final LedgerStoreProvider store;
    private final List<Change> waiting = new ArrayList<>();

    private record Change(String realmId, List<String> clinicIds, long at, Map<String, String> details) {}

    private SettingChanges(KeycloakSession session) {
        // Now, because it joins the transaction, which takes no new members while it commits.
        store = session.getProvider(LedgerStoreProvider.class);
    }

    static SettingChanges of(KeycloakSession session) {
        SettingChanges existing = ifAny(session);
        if (existing != null) {
            return existing;
        }
        SettingChanges made = new SettingChanges(session);
        session.setAttribute(KEY, made);
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                made.writeLeftOver();
            }

            @Override
            protected void rollbackImpl() {
                // what did not happen is not told
            }
        });
        return made;
    }

    /** Null if this request has changed nothing yet. */
    static @Nullable SettingChanges ifAny(KeycloakSession session) {
        return session.getAttribute(KEY, SettingChanges.class);
    }

    /** @param by null if that is not known yet */
    void add(RealmModel realm, Map<String, String> details, @Nullable DoneBy by) {
        // A setting of the realm is every clinic's; the ledger names a clinic only where the realm is one.
        List<String> clinicIds = realm.isOrganizationsEnabled() ? List.of() : List.of(realm.getId());
        Change change = new Change(realm.getId(), clinicIds, Time.currentTimeMillis(), details);
        if (by == null) {
            waiting.add(change);
        } else {
            write(change, by);
        }
    }

    /** Now it is known who has made the changes so far. */
    void madeBy(DoneBy by) {
        waiting.forEach(change -> write(change, by));
        waiting.clear();
    }

    private void writeLeftOver() {
        try {
            madeBy(DoneBy.NOBODY);
        } catch (RuntimeException e) {
            LOG.errorf(e, "settings were changed and are not in the ledger: %s", waiting);
        }
    }

    private void write(Change change, DoneBy by) {
        store.append(LedgerRow.settingChanged(
                change.realmId(), change.clinicIds(), change.at(), by.actor(), by.ipAddress(), change.details()));
    }
}
