package io.github.clinicsessions.clinic.jpa;

import io.github.clinicsessions.platform.InPages;
import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSetup;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Who wishes now not to be seen by owners, of many persons at once; whether a clinic allows it is {@link OptOuts#allowing}. Reads
 * where Keycloak keeps what it knows of people itself: an attribute that only a directory has is not found.
 */
public final class PrivatePersons {

    private final EntityManager entityManager;

    public PrivatePersons(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Those of the persons; two queries for each 500. */
    public Set<String> among(String realmId, Collection<String> userIds) {
        Set<String> found = new LinkedHashSet<>();
        InPages.of(Set.copyOf(userIds)).forEach(page -> {
            found.addAll(query(
                    "select a.user.id from UserAttributeEntity a where a.user.realmId = :realmId"
                            + " and a.user.id in (:userIds)",
                    realmId,
                    page));
            found.addAll(query(
                    "select a.userId from FederatedUserAttributeEntity a where a.realmId = :realmId"
                            + " and a.userId in (:userIds)",
                    realmId,
                    page));
        });
        return found;
    }

    private Collection<String> query(String which, String realmId, Collection<String> userIds) {
        return entityManager
                .createQuery(which + " and a.name = :name and a.value = :value", String.class)
                .setParameter("realmId", realmId)
                .setParameter("userIds", userIds)
                .setParameter("name", RealmSetup.VISIBILITY_ATTRIBUTE)
                .setParameter("value", RealmSetup.PRIVATE)
                .getResultList();
    }
}
