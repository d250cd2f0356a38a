package io.github.clinicsessions.clinic;

import io.github.clinicsessions.session.SessionDirectory;
import io.github.clinicsessions.session.SessionView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/**
 * Which applications somebody who oversees others may know by name. Where the realm is the clinic, all are the clinic's. Where
 * organizations are, an application can be another clinic's: an owner knows those that Keycloak shows to everybody ("Always
 * display in UI"), those that they are using themselves, and the account console.
 */
final class KnownApplications {

    private final RealmModel realm;
    private final @Nullable Set<String> used;

    private KnownApplications(RealmModel realm, @Nullable Set<String> used) {
        this.realm = realm;
        this.used = used;
    }

    static KnownApplications of(Oversight oversight) {
        RealmModel realm = oversight.realm();
        if (oversight.isAdministrator() || !realm.isOrganizationsEnabled()) {
            return new KnownApplications(realm, null);
        }
        return new KnownApplications(
                realm,
                new SessionDirectory(oversight.session())
                        .ofUser(realm, oversight.viewer(), null).stream()
                                .flatMap(one -> one.clients().stream())
                                .map(SessionView.Client::clientId)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Those of the session that are known. */
    List<SessionView.Client> in(SessionView view) {
        return view.clients().stream().filter(this::isKnown).toList();
    }

    private boolean isKnown(SessionView.Client application) {
        String clientId = application.clientId();
        if (used == null
                || used.contains(clientId)
                || clientId.equals(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                || clientId.equals(Constants.ACCOUNT_CONSOLE_CLIENT_ID)) {
            return true;
        }
        ClientModel client = realm.getClientByClientId(clientId);
        return client != null && client.isAlwaysDisplayInConsole();
    }
}
