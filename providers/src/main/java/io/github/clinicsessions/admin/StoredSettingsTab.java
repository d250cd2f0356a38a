package io.github.clinicsessions.admin;

import io.github.clinicsessions.admin.jpa.PendingWrites;
import io.github.clinicsessions.platform.RealmSwitch;
import java.util.List;
import org.keycloak.common.Profile;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ui.extend.UiTabProvider;

/**
 * The component from which the Admin Console fills the tab: it reads nothing else. So there is one in each realm that is switched
 * on, with what is in force. Where the server runs without {@code declarative-ui} there is none: a server without this extension
 * could not import an export that holds it.
 */
final class StoredSettingsTab {

    private static final String TYPE = UiTabProvider.class.getName();

    private StoredSettingsTab() {}

    static boolean isShown() {
        return Profile.isFeatureEnabled(Profile.Feature.DECLARATIVE_UI);
    }

    /** Writes only what differs. */
    static void keep(KeycloakSession session, RealmModel realm) {
        List<ComponentModel> stored = realm.getComponentsStream(realm.getId(), TYPE)
                .filter(component -> SettingsTabFactory.ID.equals(component.getProviderId()))
                .toList();
        if (!isShown() || !RealmSwitch.isOn(realm)) {
            stored.forEach(realm::removeComponent);
            return;
        }
        MultivaluedHashMap<String, String> inForce = new SettingsForm(session, realm).inForce();
        if (stored.isEmpty()) {
            ComponentModel component = new ComponentModel();
            component.setName(SettingsTabFactory.ID);
            component.setParentId(realm.getId());
            component.setProviderType(TYPE);
            component.setProviderId(SettingsTabFactory.ID);
            component.setConfig(inForce);
            realm.addComponentModel(component);
            return;
        }
        ComponentModel component = stored.get(0);
        if (!component.getConfig().equals(inForce)) {
            PendingWrites.flush(session); // what somebody has just entered, and is shown otherwise
            component.setConfig(inForce);
            realm.updateComponent(component);
        }
        stored.stream().skip(1).forEach(realm::removeComponent);
    }
}
