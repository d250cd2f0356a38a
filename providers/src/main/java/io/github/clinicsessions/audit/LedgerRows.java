package io.github.clinicsessions.audit;

import io.github.clinicsessions.platform.Clinics;
import io.github.clinicsessions.platform.OptOuts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Fills in what whoever made a row did not know: clinics, the person's name, towards which clinics they are opted out, the device,
 * address and country of a session that has gone.
 */
public final class LedgerRows {

    private static final Logger LOG = Logger.getLogger(LedgerRows.class);

    private LedgerRows() {}

    /**
     * The row as it is to be written, or null for the start of a session that the ledger already has (Keycloak fires
     * LOGIN again whenever a session is joined by a further client).
     */
    public static @Nullable LedgerRow complete(KeycloakSession session, LedgerStoreProvider store, LedgerRow row) {
        LedgerRow start = row.sessionRef() == null
                ? null
                : store.findStart(row.realmId(), row.userId(), row.sessionRef()).orElse(null);
        if (row.action() == LedgerAction.SESSION_STARTED) {
            if (start != null && start.occurredAt() == row.occurredAt()) {
                return null;
            }
            start = null; // an earlier session of the same id
        }
        Person person = person(session, row, start);
        String device = row.device() == null && start != null ? start.device() : row.device();
        String ipAddress = row.ipAddress() == null && start != null ? start.ipAddress() : row.ipAddress();
        return row.with(
                person.clinicIds(),
                person.username(),
                device,
                ipAddress,
                country(row, start, ipAddress),
                actor(row, start, person.username()),
                person.details());
    }

    /** That of the start only if the address is the same: a sign-out may come from elsewhere. */
    private static @Nullable String country(LedgerRow row, @Nullable LedgerRow start, @Nullable String ipAddress) {
        return row.country() == null && start != null && ipAddress != null && ipAddress.equals(start.ipAddress())
                ? start.country()
                : row.country();
    }

    private static Person person(KeycloakSession session, LedgerRow row, @Nullable LedgerRow start) {
        if (row.username() != null && !row.clinicIds().isEmpty()) {
            return new Person(row.username(), row.clinicIds(), row.details());
        }
        Person found = find(session, row).orElse(null);
        if (found != null) {
            return found;
        }
        String username = row.username() == null && start != null ? start.username() : row.username();
        return start == null
                ? new Person(username, List.of(), row.details())
                : new Person(username, start.clinicIds(), PrivateTo.asIn(start, row.details()));
    }

    private static Actor actor(LedgerRow row, @Nullable LedgerRow start, @Nullable String username) {
        Actor actor = row.actor();
        if (actor.type() != Actor.Type.SELF) {
            return actor;
        }
        if (row.cause() == EndCause.SIGNED_OUT && start != null && start.actor().type() == Actor.Type.ADMIN) {
            return start.actor(); // the administrator who had opened it as this person
        }
        return actor.name() == null ? Actor.self(row.userId(), username) : actor;
    }

    /** Empty if realm or person are gone, or if a directory behind Keycloak does not answer: the row matters more. */
    private static Optional<Person> find(KeycloakSession session, LedgerRow row) {
        try {
            RealmModel realm = session.realms().getRealm(row.realmId());
            if (realm == null) {
                return Optional.empty();
            }
            session.getContext().setRealm(realm);
            UserModel user = session.users().getUserById(realm, row.userId());
            if (user == null) {
                return Optional.empty();
            }
            List<String> clinicIds = Clinics.idsOf(session, realm, user);
            return Optional.of(new Person(
                    row.username() == null ? user.getUsername() : row.username(),
                    clinicIds,
                    PrivateTo.in(row.details(), clinicIds, OptOuts.towards(session, realm, user, clinicIds))));
        } catch (RuntimeException e) {
            LOG.warnf(e, "a ledger row is written without what the user store knows of the person");
            return Optional.empty();
        }
    }

    /**
     * What a row says of its person.
     *
     * @param details the row's, with towards which clinics the person is opted out
     */
    private record Person(@Nullable String username, List<String> clinicIds, Map<String, String> details) {}
}
