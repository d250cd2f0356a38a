package io.github.clinicsessions.device.jpa;

import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.device.KnownPerson;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Known devices, and what is kept of their persons, in the transaction of the Keycloak session it was made for. */
public final class KnownDevices {

    private final EntityManager entityManager;

    public KnownDevices(KeycloakSession session) {
        this(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    KnownDevices(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * What is kept of the person, locked until the transaction ends, so that one sign-in of a person is judged after the other. Empty
     * for a person who has never been judged: of two that then {@link #save(String, String, KnownPerson) save} the primary key lets
     * one go on and the other try again. Nothing of these tables may have been read in the transaction before.
     */
    public Optional<KnownPerson> lockPerson(String realmId, String userId) {
        return Optional.ofNullable(entityManager.find(
                        KnownPersonEntity.class, new KnownPersonKey(realmId, userId), LockModeType.PESSIMISTIC_WRITE))
                .map(KnownPersonEntity::toRecord);
    }

    /** As {@link #lockPerson}, and locks nothing. */
    public Optional<KnownPerson> person(String realmId, String userId) {
        return Optional.ofNullable(entityManager.find(KnownPersonEntity.class, new KnownPersonKey(realmId, userId)))
                .map(KnownPersonEntity::toRecord);
    }

    /** Writes what is kept of the person. */
    public void save(String realmId, String userId, KnownPerson person) {
        KnownPersonEntity entity = entityManager.find(KnownPersonEntity.class, new KnownPersonKey(realmId, userId));
        boolean isNew = entity == null;
        if (entity == null) {
            entity = new KnownPersonEntity();
            entity.realmId = realmId;
            entity.userId = userId;
        }
        entity.countries = Countries.format(person.countries());
        entity.lastCountry = person.lastCountry();
        entity.lastSeenAt = person.lastSeenAt();
        entity.lastWithoutDeviceAt = person.lastWithoutDeviceAt();
        entity.mailedAt = KnownPersonEntity.times(person.mailedAt());
        entity.firstDeviceAt = person.firstDeviceAt();
        entity.ownersMailedAt = KnownPersonEntity.times(person.ownersMailedAt());
        entity.reportedAt = person.reportedAt();
        if (isNew) {
            entityManager.persist(entity);
            entityManager.flush();
        }
    }

    /** The person's, last seen first. */
    public List<KnownDevice> ofUser(String realmId, String userId) {
        return query("d.realmId = :realmId and d.userId = :userId order by d.lastSeenAt desc, d.id", realmId, userId)
                .getResultStream()
                .map(KnownDeviceEntity::toRecord)
                .toList();
    }

    /** The person's by its public id; of nobody else. */
    public Optional<KnownDevice> find(String realmId, String userId, String id) {
        return entity(realmId, userId, id).map(KnownDeviceEntity::toRecord);
    }

    /** Writes a device of the person, new or known; its id does not change. */
    public void save(String realmId, String userId, KnownDevice device) {
        KnownDeviceEntity entity =
                entityManager.find(KnownDeviceEntity.class, new KnownDeviceKey(realmId, userId, device.hash()));
        boolean isNew = entity == null;
        if (entity == null) {
            entity = new KnownDeviceEntity();
            entity.realmId = realmId;
            entity.userId = userId;
            entity.hash = device.hash();
            entity.id = device.id();
        }
        entity.label = device.label();
        entity.name = device.name();
        entity.firstSeenAt = device.firstSeenAt();
        entity.lastSeenAt = device.lastSeenAt();
        entity.countries = Countries.format(device.countries());
        entity.lastCountry = device.lastCountry();
        if (isNew) {
            entityManager.persist(entity);
        }
    }

    /**
     * Gives a device of the person a name, or takes it away.
     *
     * @return whether the person has that device
     */
    public boolean rename(String realmId, String userId, String id, @Nullable String name) {
        Optional<KnownDeviceEntity> entity = entity(realmId, userId, id);
        entity.ifPresent(device -> device.name = name);
        return entity.isPresent();
    }

    /** Forgets a device; false if the person has none of that id. */
    public boolean forget(String realmId, String userId, String id) {
        return entityManager
                        .createQuery("delete from KnownDeviceEntity d where d.realmId = :realmId and d.userId = :userId"
                                + " and d.id = :id")
                        .setParameter("realmId", realmId)
                        .setParameter("userId", userId)
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    /** All that is kept of a person: their own row first, so that a sign-in that is judged at this moment is waited for. */
    public void forgetUser(String realmId, String userId) {
        for (String entity : List.of("KnownPersonEntity", "KnownDeviceEntity")) {
            entityManager
                    .createQuery("delete from " + entity + " d where d.realmId = :realmId and d.userId = :userId")
                    .setParameter("realmId", realmId)
                    .setParameter("userId", userId)
                    .executeUpdate();
        }
    }

    /** All that is kept of a realm's people. */
    public void forgetRealm(String realmId) {
        for (String entity : List.of("KnownDeviceEntity", "KnownPersonEntity")) {
            entityManager
                    .createQuery("delete from " + entity + " d where d.realmId = :realmId")
                    .setParameter("realmId", realmId)
                    .executeUpdate();
        }
    }

    /**
     * Forgets devices and persons that have not been seen; what is seen meanwhile stays.
     *
     * @param before milliseconds since the epoch
     * @param limit of each
     * @return of how many rows it was tried: as many as the limit, or more, if there may be more to do
     */
    public int forgetUnseen(long before, int limit) {
        List<KnownDeviceEntity> devices = entityManager
                .createQuery(
                        "select d from KnownDeviceEntity d where d.lastSeenAt < :before order by d.lastSeenAt",
                        KnownDeviceEntity.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        devices.forEach(device -> entityManager
                .createQuery("delete from KnownDeviceEntity d where d.realmId = :realmId and d.userId = :userId"
                        + " and d.hash = :hash and d.lastSeenAt < :before")
                .setParameter("realmId", device.realmId)
                .setParameter("userId", device.userId)
                .setParameter("hash", device.hash)
                .setParameter("before", before)
                .executeUpdate());
        List<KnownPersonEntity> persons = entityManager
                .createQuery(
                        "select p from KnownPersonEntity p where p.lastSeenAt < :before order by p.lastSeenAt",
                        KnownPersonEntity.class)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        persons.forEach(person -> entityManager
                .createQuery("delete from KnownPersonEntity p where p.realmId = :realmId and p.userId = :userId"
                        + " and p.lastSeenAt < :before")
                .setParameter("realmId", person.realmId)
                .setParameter("userId", person.userId)
                .setParameter("before", before)
                .executeUpdate());
        return Math.max(devices.size(), persons.size());
    }

    private Optional<KnownDeviceEntity> entity(String realmId, String userId, String id) {
        return query("d.realmId = :realmId and d.userId = :userId and d.id = :id", realmId, userId)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    private TypedQuery<KnownDeviceEntity> query(String where, String realmId, String userId) {
        return entityManager
                .createQuery("select d from KnownDeviceEntity d where " + where, KnownDeviceEntity.class)
                .setParameter("realmId", realmId)
                .setParameter("userId", userId);
    }
}
