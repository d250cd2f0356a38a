package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.Transactions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who has looked at a person's sessions through us, as far as the ledger goes back: told to the person themselves. */
public final class Views {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel person;

    public Views(KeycloakSession session, RealmModel realm, UserModel person) {
        this.session = session;
        this.realm = realm;
        this.person = person;
    }

    /**
     * One viewer within one hour.
     *
     * @param role in which they looked
     * @param name of theirs at that time
     * @param at when they looked first
     */
    public record View(Actor.Type role, @Nullable String name, Instant at) {}

    /**
     * The newest, newest first.
     *
     * @throws RuntimeException if the ledger cannot be read; the request's transaction is as before
     */
    public List<View> newest(int max) {
        return Transactions.inNew(
                session,
                realm,
                (own, ownRealm) ->
                        own
                                .getProvider(LedgerStoreProvider.class)
                                .viewsOf(ownRealm.getId(), person.getId(), max)
                                .stream()
                                .map(row -> new View(
                                        row.actor().type(), row.actor().name(), Instant.ofEpochMilli(row.occurredAt())))
                                .toList());
    }

    /** For how many years the ledger remembers them. */
    public int years() {
        return RealmSettings.of(realm).ledgerYears();
    }
}
