package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Administrator.Right;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Makes {@link Administrator}s from what Keycloak knows at this request. */
public final class Administrators {

    private Administrators() {}

    /** Asks Keycloak once for everything that matters here, of the realm of the request. */
    public static Administrator of(AdminPermissionEvaluator permissions) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        add(rights, Right.VIEW_REALM, permissions.realm().canViewRealm());
        add(rights, Right.MANAGE_REALM, permissions.realm().canManageRealm());
        add(rights, Right.VIEW_EVENTS, permissions.realm().canViewEvents());
        add(rights, Right.VIEW_USERS, permissions.users().canView());
        add(rights, Right.MANAGE_USERS, permissions.users().canManage());
        return new Administrator(Set.copyOf(rights));
    }

    /** As far as this one person goes: fine-grained permissions may give more or less than the realm's roles. */
    public static Administrator of(AdminPermissionEvaluator permissions, UserModel person) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        add(rights, Right.VIEW_USERS, permissions.users().canView(person));
        add(rights, Right.MANAGE_USERS, permissions.users().canManage(person));
        return new Administrator(Set.copyOf(rights));
    }

    private static void add(Set<Right> rights, Right right, boolean has) {
        if (has) {
            rights.add(right);
        }
    }
}
