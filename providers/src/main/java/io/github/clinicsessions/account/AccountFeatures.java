package io.github.clinicsessions.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.models.RealmModel;

/**
 * What a navigation item's {@code isVisible} may ask for: the stock console's features under the names it gives them, and
 * ours.
 */
final class AccountFeatures {

    private static final String SESSIONS = "clinicSessionsEnabled";
    private static final String OWNER = "clinicOwner";
    private static final String STOCK_DEVICE_ACTIVITY = "clinicStockDeviceActivity";

    private AccountFeatures() {}

    /**
     * Ours, as members of a JSON object, with a comma at the end.
     *
     * @param owner whether the person who is signed in oversees a clinic
     */
    static String json(boolean on, boolean owner) {
        return "\"%s\": %s, \"%s\": %s, \"%s\": %s, "
                .formatted(SESSIONS, on, OWNER, on && owner, STOCK_DEVICE_ACTIVITY, !on);
    }

    /** All, where the realm is switched on. */
    static Map<String, Boolean> of(RealmModel realm, Map<String, Object> consoleModel, boolean owner) {
        Map<String, Boolean> features = new LinkedHashMap<>();
        consoleModel.forEach((name, value) -> {
            if (value instanceof Boolean flag) {
                features.put(name, flag);
            }
        });
        features.put("isRegistrationEmailAsUsername", realm.isRegistrationEmailAsUsername());
        features.put("isEditUserNameAllowed", realm.isEditUsernameAllowed());
        features.put("isInternationalizationEnabled", realm.isInternationalizationEnabled());
        features.put(
                "isMyResourcesEnabled",
                realm.isUserManagedAccessAllowed() && features.getOrDefault("isAuthorizationEnabled", false));
        features.put(SESSIONS, true);
        features.put(OWNER, owner);
        features.put(STOCK_DEVICE_ACTIVITY, false);
        return features;
    }
}
