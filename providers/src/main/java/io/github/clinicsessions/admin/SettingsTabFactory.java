package io.github.clinicsessions.admin;

import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ui.extend.UiTabProvider;
import org.keycloak.services.ui.extend.UiTabProviderFactory;

/**
 * The tab <i>Clinic sessions</i> of the Admin Console's realm settings. The console shows it where the server runs with the feature
 * {@code declarative-ui}; Keycloak loads this class elsewhere too. It stores what is entered as a component of the realm, for which
 * it asks {@code manage-realm}; {@link SettingsForm} makes settings of it. Stateless.
 */
public final class SettingsTabFactory implements UiTabProviderFactory<UiTabProvider> {

    /** Also the key of the tab's name in the message bundles. */
    static final String ID = "clinic-sessions";

    /** What is entered is checked here and not in {@code validateConfiguration}, which would let a realm's import fail. */
    @Override
    public void onCreate(KeycloakSession session, RealmModel realm, ComponentModel model) {
        save(session, realm, model.getConfig(), new MultivaluedHashMap<>());
    }

    @Override
    public void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel oldModel, ComponentModel newModel) {
        save(session, realm, newModel.getConfig(), oldModel.getConfig());
    }

    private static void save(
            KeycloakSession session,
            RealmModel stored,
            MultivaluedHashMap<String, String> entered,
            MultivaluedHashMap<String, String> before)
            throws ComponentValidationException {
        RealmModel realm = session.realms().getRealm(stored.getId()); // by way of the cache, which must hear of changes
        if (realm != null) {
            new SettingsForm(session, realm).save(entered, before);
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return SettingsForm.fields();
    }

    @Override
    public String getHelpText() {
        return "The settings of clinic-sessions";
    }

    @Override
    public String getPath() {
        return "/:realm/realm-settings/:tab?";
    }

    @Override
    public Map<String, String> getParams() {
        return Map.of("tab", ID);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
