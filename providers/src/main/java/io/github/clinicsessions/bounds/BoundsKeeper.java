package io.github.clinicsessions.bounds;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.bounds.Bound.Governs;
import io.github.clinicsessions.bounds.Corrections.Fix;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.TokenLifetimes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Brings realms that are switched on within bounds, in the transaction that is under way, with a row in the ledger for each
 * value. Does nothing in other realms, and nothing the second time. Writes models, not representations, so that Keycloak
 * tells nobody of it and it does not call itself.
 */
public final class BoundsKeeper {

    private final KeycloakSession session;

    public BoundsKeeper(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The realm and all its clients, after a change that may have switched it on: the values may have been in force, so that
     * the realm notes until when tokens may be around ({@link TokenLifetimes#TOKENS_UNTIL}).
     */
    public void keep(RealmModel realm, @Nullable DoneBy by) {
        if (RealmSwitch.isOn(realm)) {
            Limits limits = Limits.of(session, realm);
            List<Fix> fixes = Corrections.fixes(session, realm, limits);
            fixes.stream()
                    .map(Fix::correction)
                    .filter(correction -> correction.governs() == Governs.ACCESS_TOKENS)
                    .map(Correction::now)
                    .filter(Objects::nonNull)
                    .forEach(now -> TokenLifetimes.remember(realm, now));
            apply(realm, fixes, limits, by);
        }
    }

    /** A realm that has just been made, which has issued nothing yet. */
    void keepNew(RealmModel realm, @Nullable DoneBy by) {
        if (RealmSwitch.isOn(realm)) {
            Limits limits = Limits.of(session, realm);
            apply(realm, Corrections.fixes(session, realm, limits), limits, by);
        }
    }

    /** A client that has just been made or changed; its values have not been in force, because its realm was within bounds. */
    void keep(ClientModel client, @Nullable DoneBy by) {
        if (RealmSwitch.isOn(client.getRealm())) {
            apply(client.getRealm(), Corrections.fixes(session, client), by);
        }
    }

    private void apply(RealmModel realm, List<Fix> fixes, Limits limits, @Nullable DoneBy by) {
        apply(realm, fixes, by);
        Map<String, String> gone = RememberedIdle.keep(realm, limits.idle());
        if (gone != null) {
            SettingChanges.of(session).add(realm, gone, by);
        }
    }

    private void apply(RealmModel realm, List<Fix> fixes, @Nullable DoneBy by) {
        for (Fix fix : fixes) {
            fix.write().run();
            SettingChanges.of(session).add(realm, fix.correction().details(), by);
        }
    }
}
