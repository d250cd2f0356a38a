package io.github.clinicsessions.clinic.jpa;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * Who may be an owner, enabled and with an email address: more than those who are, whom {@code ClinicDirectory} tells. By a role that
 * the person has, or a group of theirs or one above it, also as part of another role. Found by as many queries as composite roles and
 * groups are nested deep, and one more.
 *
 * <p>Not seen is what is in no table of Keycloak's: a role that a directory's mapper gives without importing it.
 */
public final class OwnerCandidates {

    private final EntityManager entityManager;
    private final RealmModel realm;
    private final Set<String> roles;
    private final Set<String> groups;

    public OwnerCandidates(KeycloakSession session, RealmModel realm, RoleModel owner) {
        this.entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
        roles = Administration.closure(List.of(owner.getId()), page -> {
            Where where = new Where();
            where.and(where.in("c.childRole.id", page));
            return list("select distinct c.parentRole.id from CompositeRoleEntity c", where);
        });
        groups = Administration.closure(groupsWithRole(), page -> {
            Where where = new Where();
            where.and("g.realm = " + where.parameter(realm.getId()));
            where.and(where.in("g.parentId", page));
            return list("select g.id from GroupEntity g", where);
        });
    }

    /** Ids of those of the realm as a clinic, by user name. */
    public List<String> ofRealm(int max) {
        Where where = users();
        where.and("(exists (select 1 from UserRoleMappingEntity m where m.user = u and " + where.in("m.roleId", roles)
                + ") or " + inGroup(where) + ")");
        return people(where, max);
    }

    /** Ids of those of these organizations, by user name. */
    public List<String> ofOrganizations(Collection<String> organizationIds, int max) {
        Where where = users();
        where.and(inGroup(where));
        where.and(Members.of(where, "u", organizationIds, true));
        return people(where, max);
    }

    private List<String> groupsWithRole() {
        Where where = new Where();
        where.and("m.group.realm = " + where.parameter(realm.getId()));
        where.and(where.in("m.roleId", roles));
        return list("select distinct m.group.id from GroupRoleMappingEntity m", where);
    }

    private String inGroup(Where where) {
        return "exists (select 1 from UserGroupMembershipEntity m where m.user = u and " + where.in("m.groupId", groups)
                + ")";
    }

    private Where users() {
        Where where = new Where();
        where.and("u.realmId = " + where.parameter(realm.getId()));
        where.and("u.enabled = true and u.email is not null and u.serviceAccountClientLink is null");
        return where;
    }

    private List<String> people(Where where, int max) {
        return where.fill(entityManager.createQuery(
                        "select u.id from UserEntity u" + where + " order by u.username", String.class))
                .setMaxResults(max)
                .getResultList();
    }

    private List<String> list(String select, Where where) {
        return where.fill(entityManager.createQuery(select + where, String.class))
                .getResultList();
    }
}
