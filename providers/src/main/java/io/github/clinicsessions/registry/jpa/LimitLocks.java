package io.github.clinicsessions.registry.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Lets decisions about one person's sessions be taken one after another, on all nodes. A person has one of {@value #STRIPES} rows,
 * shared with others: a row of one's own would have to be made by the first sign-in and taken out one day.
 */
public final class LimitLocks {

    static final int STRIPES = 256;

    private final EntityManager entityManager;

    /** @param session whose transaction is to hold the lock */
    public LimitLocks(KeycloakSession session) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Waits for the person's turn, which lasts until the transaction ends. What is read afterwards is of after the turn before, if
     * nothing has been read in the transaction yet: not every database reads anew (MariaDB and MySQL keep to the first read). Whoever
     * holds the lock must ask for no second connection: those who wait for it may have taken all.
     */
    public void lock(String realmId, String userId) {
        int stripe = stripe(realmId, userId);
        if (entityManager.find(LimitLockEntity.class, stripe, LockModeType.PESSIMISTIC_WRITE) == null) {
            // Somebody has emptied the table. Of two who find that, the primary key lets one go on and the other try
            // again.
            LimitLockEntity entity = new LimitLockEntity();
            entity.stripe = stripe;
            entityManager.persist(entity);
            entityManager.flush();
        }
    }

    /** The same on every node. */
    static int stripe(String realmId, String userId) {
        return Math.floorMod((realmId + ' ' + userId).hashCode(), STRIPES);
    }
}
