package io.github.clinicsessions.clinic.jpa;

import io.github.clinicsessions.platform.InPages;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.Constants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;

/**
 * By what persons administer Keycloak: roles of {@code realm-management}, in the master realm {@code admin}, {@code create-realm}
 * and the roles of the clients that end in {@code -realm}; roles that contain one of them; realm groups with any of these, and
 * groups below such a one ({@code UserModel#hasRole}). Found by as many queries as composite roles and groups are nested deep.
 *
 * <p>Not seen is what is in no table of Keycloak's: a role that a directory's mapper gives without importing it.
 */
public final class Administration {

    /** Roles that administer by themselves; takes the realm's id, and names of clients and roles of one kind of realm. */
    private static final String OF_REALM = "select r.id from RoleEntity r where r.clientId in"
            + " (select c.id from ClientEntity c where c.realmId = %1$s and c.clientId = '"
            + Constants.REALM_MANAGEMENT_CLIENT_ID + "')";

    private static final String OF_MASTER = "select r.id from RoleEntity r where r.realmId = %1$s"
            + " and (r.clientRole = false and r.name in ('" + AdminRoles.ADMIN + "', '" + AdminRoles.CREATE_REALM + "')"
            + " or r.clientId in (select c.id from ClientEntity c where c.realmId = %1$s and c.clientId like '%%-realm'))";

    private final EntityManager entityManager;
    private final RealmModel realm;
    private final Set<String> furtherRoles;
    private final Set<String> groups;

    private Administration(EntityManager entityManager, RealmModel realm) {
        this.entityManager = entityManager;
        this.realm = realm;
        // A set of ids of the roles themselves would be long in the master realm of many realms: they stay a subquery.
        furtherRoles = closure(
                query("select distinct c.parentRole.id from CompositeRoleEntity c", where -> {
                    where.and("c.childRole.id in (" + roles(where) + ")");
                    where.and("c.parentRole.id not in (" + roles(where) + ")");
                }),
                page -> query(
                        "select distinct c.parentRole.id from CompositeRoleEntity c",
                        where -> where.and(where.in("c.childRole.id", page))));
        groups = closure(
                query("select distinct m.group.id from GroupRoleMappingEntity m", where -> {
                    where.and("m.group.realm = " + where.parameter(realm.getId()));
                    where.and("m.group.type = " + GroupModel.Type.REALM.intValue());
                    where.and("(m.roleId in (" + roles(where) + ") or " + where.in("m.roleId", furtherRoles) + ")");
                }),
                page -> query("select g.id from GroupEntity g", where -> {
                    where.and("g.realm = " + where.parameter(realm.getId()));
                    where.and(where.in("g.parentId", page));
                }));
    }

    static Administration of(EntityManager entityManager, RealmModel realm) {
        return new Administration(entityManager, realm);
    }

    /** That the user {@code u} of the query does not administer Keycloak. */
    void exclude(Where where) {
        // One condition each: joined by or, a database would read all role mappings there are.
        where.and("not exists (select 1 from UserRoleMappingEntity m where m.user = u and m.roleId in (" + roles(where)
                + "))");
        if (!furtherRoles.isEmpty()) {
            where.and("not exists (select 1 from UserRoleMappingEntity m where m.user = u and "
                    + where.in("m.roleId", furtherRoles) + ")");
        }
        if (!groups.isEmpty()) {
            where.and("not exists (select 1 from UserGroupMembershipEntity m where m.user = u and "
                    + where.in("m.groupId", groups) + ")");
        }
    }

    private String roles(Where where) {
        boolean master = realm.getName().equals(Config.getAdminRealm());
        return (master ? OF_MASTER : OF_REALM).formatted(where.parameter(realm.getId()));
    }

    private interface Condition {
        void addTo(Where where);
    }

    private List<String> query(String select, Condition condition) {
        Where where = new Where();
        condition.addTo(where);
        return where.fill(entityManager.createQuery(select + where, String.class))
                .getResultList();
    }

    /** What the step finds from these, and from what it has found; rings end. */
    static Set<String> closure(Collection<String> start, Function<List<String>, List<String>> step) {
        Set<String> all = new HashSet<>(start);
        List<String> found = new ArrayList<>(all);
        while (!found.isEmpty()) {
            found = InPages.of(found)
                    .flatMap(page -> step.apply(page).stream())
                    .distinct()
                    .filter(all::add)
                    .toList();
        }
        return all;
    }
}
