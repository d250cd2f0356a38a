package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.PersistedSessions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;

/** Which stored sessions Keycloak takes, as {@code AuthenticationManager#isSessionValid} says, for many at once. */
final class ValidSessions {

    private ValidSessions() {}

    /** Those that have not run out and whose identity provider is still there; one query if any of them has one. */
    static List<StoredSession> among(PersistedSessions table, RealmModel realm, Collection<StoredSession> sessions) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        List<StoredSession> living = sessions.stream()
                .filter(one -> SessionSpan.of(one).isLiving(realm, now))
                .toList();
        Set<String> providers = living.stream()
                .map(StoredSession::identityProvider)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<String> existing =
                providers.isEmpty() ? Set.of() : table.existingIdentityProviders(realm.getId(), providers);
        return living.stream()
                .filter(one -> one.identityProvider() == null || existing.contains(one.identityProvider()))
                .toList();
    }
}
