package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.SignOut;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Sign-outs that are not gone through yet; in the transaction of the Keycloak session it was made for. */
public final class SignOuts {

    private final EntityManager entityManager;

    public SignOuts(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    public void add(SignOut signOut) {
        entityManager.persist(SignOutEntity.of(signOut));
    }

    /** It is gone through, or has not happened. */
    public void remove(String id) {
        entityManager
                .createQuery("delete from SignOutEntity s where s.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /**
     * Takes one over that nobody has worked on for a while, and says that somebody works on it.
     *
     * @param untouchedSince milliseconds since the epoch; {@link Long#MAX_VALUE} by whoever works on it already
     * @return false if somebody else has, or if it is done
     */
    public boolean claim(String id, long untouchedSince) {
        return entityManager
                        .createQuery("update SignOutEntity s set s.claimedAt = :now"
                                + " where s.id = :id and s.claimedAt < :untouchedSince")
                        .setParameter("now", Time.currentTimeMillis())
                        .setParameter("id", id)
                        .setParameter("untouchedSince", untouchedSince)
                        .executeUpdate()
                == 1;
    }

    /** Those that nobody has worked on for a while, oldest first. */
    public List<SignOut> left(long untouchedSince, int limit) {
        return records(query("s.claimedAt < :value order by s.signedOutAt", untouchedSince)
                .setMaxResults(limit));
    }

    /** All of a realm. */
    public List<SignOut> ofRealm(String realmId) {
        return records(query("s.realmId = :value", realmId));
    }

    private TypedQuery<SignOutEntity> query(String where, Object value) {
        return entityManager
                .createQuery("select s from SignOutEntity s where " + where, SignOutEntity.class)
                .setParameter("value", value);
    }

    private static List<SignOut> records(TypedQuery<SignOutEntity> query) {
        return query.getResultStream().map(SignOutEntity::toRecord).toList();
    }
}
