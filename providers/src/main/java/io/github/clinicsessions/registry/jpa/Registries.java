package io.github.clinicsessions.registry.jpa;

import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Cleaning up after realms. */
public final class Registries {

    private static final List<String> ENTITIES = List.of(
            "LivingSessionEntity",
            "EndedSessionEntity",
            "FeedHeadEntity",
            "SignOutEntity",
            "EndNoticeEntity",
            "IdleHeadEntity");

    private Registries() {}

    /** Takes out the living sessions of a realm that is switched off. */
    public static void forgetLiving(KeycloakSession session, RealmModel realm) {
        new LivingSessions(session).forgetAll(realm.getId());
    }

    /** Takes out all that there is of a realm that goes. */
    public static void forgetRealm(KeycloakSession session, String realmId) {
        var entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        for (String entity : ENTITIES) {
            entityManager
                    .createQuery("delete from " + entity + " e where e.realmId = :realmId")
                    .setParameter("realmId", realmId)
                    .executeUpdate();
        }
    }
}
