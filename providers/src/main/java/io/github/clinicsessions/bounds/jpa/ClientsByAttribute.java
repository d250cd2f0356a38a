package io.github.clinicsessions.bounds.jpa;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Clients by the names of their attributes. Keycloak's own search wants a value too, and takes few attributes only ({@code
 * JpaClientProviderFactory}); to load every client of a large realm at each change of a setting is what this avoids.
 */
public final class ClientsByAttribute {

    private ClientsByAttribute() {}

    /** The realm's clients that have any of these attributes, whatever its value; one query, then only those clients. */
    public static List<ClientModel> withAnyOf(KeycloakSession session, RealmModel realm, Collection<String> names) {
        return session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select distinct a.client.id from ClientAttributeEntity a"
                                + " where a.client.realmId = :realmId and a.name in (:names) order by a.client.id",
                        String.class)
                .setParameter("realmId", realm.getId())
                .setParameter("names", names)
                .getResultList()
                .stream()
                .flatMap(id -> Stream.ofNullable(session.clients().getClientById(realm, id)))
                .toList();
    }
}
