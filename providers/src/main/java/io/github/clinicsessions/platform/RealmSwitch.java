package io.github.clinicsessions.platform;

import org.keycloak.models.RealmModel;

/** Whether the extension is switched on in a realm: its event listener is the switch for every rule, page and call. */
public final class RealmSwitch {

    /** Id of the event listener, as it stands in the realm's event settings. */
    public static final String LISTENER_ID = "clinic-sessions";

    private RealmSwitch() {}

    public static boolean isOn(RealmModel realm) {
        return realm.getEventsListenersStream().anyMatch(LISTENER_ID::equals);
    }
}
