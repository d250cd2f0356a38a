package io.github.clinicsessions.clinic.jpa;

import io.github.clinicsessions.clinic.StaffScope;
import io.github.clinicsessions.platform.RealmSetup;
import java.util.Collection;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Who has opted out of being seen, where the rule lets them. */
public final class OptedOut {

    private OptedOut() {}

    /** Those of the persons, in one query. */
    public static Set<String> among(KeycloakSession session, StaffScope.Rule rule, Collection<String> userIds) {
        Where where = new Where();
        where.and(where.in("a.user.id", userIds));
        where.and("a.name = " + where.parameter(RealmSetup.VISIBILITY_ATTRIBUTE));
        where.and("a.value = " + where.parameter(RealmSetup.PRIVATE));
        if (rule instanceof StaffScope.OfRealm realm) {
            if (!realm.optOutAllowed()) {
                return Set.of();
            }
        } else if (rule instanceof StaffScope.OfOrganizations organizations) {
            where.and(Members.of(where, "a.user", organizations.allowing(true), true));
            where.and("not " + Members.of(where, "a.user", organizations.allowing(false), true));
        }
        return Set.copyOf(where.fill(session.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createQuery("select distinct a.user.id from UserAttributeEntity a" + where, String.class))
                .getResultList());
    }
}
