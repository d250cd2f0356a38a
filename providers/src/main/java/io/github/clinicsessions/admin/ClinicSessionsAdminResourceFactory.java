package io.github.clinicsessions.admin;

import io.github.clinicsessions.clinic.Administrators;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The admin realm resource {@code clinic-sessions}. Stateless. */
public final class ClinicSessionsAdminResourceFactory implements AdminRealmResourceProviderFactory {

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new AdminRealmResourceProvider() {
            @Override
            public Object getResource(
                    KeycloakSession ofRequest,
                    RealmModel realm,
                    AdminPermissionEvaluator permissions,
                    AdminEventBuilder adminEvent) {
                return new ClinicSessionsAdminResource(
                        ofRequest,
                        realm,
                        Administrators.of(permissions),
                        new AdminCall(ofRequest, realm, permissions, adminEvent));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return "clinic-sessions";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
