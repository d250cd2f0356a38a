package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.RealmSignOut;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Sign-outs of whole realms that are not gone through yet; in the transaction of the Keycloak session it was made for. */
public final class RealmSignOuts {

    private final EntityManager entityManager;

    public RealmSignOuts(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    public void add(RealmSignOut signOut) {
        entityManager.persist(RealmSignOutEntity.of(signOut));
    }

    /** It is gone through, or has not happened. */
    public void remove(String id) {
        entityManager
                .createQuery("delete from RealmSignOutEntity s where s.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Oldest first. */
    public List<RealmSignOut> signedOutBefore(long millis, int limit) {
        return entityManager
                .createQuery(
                        "select s from RealmSignOutEntity s where s.signedOutAt < :before order by s.signedOutAt",
                        RealmSignOutEntity.class)
                .setParameter("before", millis)
                .setMaxResults(limit)
                .getResultStream()
                .map(RealmSignOutEntity::toRecord)
                .toList();
    }
}
