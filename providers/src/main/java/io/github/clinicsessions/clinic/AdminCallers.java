package io.github.clinicsessions.clinic;

import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Makes {@link AdminRights} from what Keycloak knows at this request. */
public final class AdminCallers {

    private AdminCallers() {}

    public static AdminRights of(AdminPermissionEvaluator auth) {
        return new AdminRights(auth.realm().canViewEvents());
    }
}
