package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Administrator.Right;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Makes {@link Administrator}s from what Keycloak knows at this request. */
public final class Administrators {

    private Administrators() {}

    /** Asks Keycloak once for everything that matters here, of the realm of the request. */
    public static Administrator of(AdminPermissionEvaluator permissions) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (permissions.realm().canViewRealm()) {
            rights.add(Right.VIEW_REALM);
        }
        if (permissions.realm().canViewEvents()) {
            rights.add(Right.VIEW_EVENTS);
        }
        return new Administrator(Set.copyOf(rights));
    }
}
