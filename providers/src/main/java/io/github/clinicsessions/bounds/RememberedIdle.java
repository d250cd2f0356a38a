package io.github.clinicsessions.bounds;

import io.github.clinicsessions.bounds.NativeIdle.Stored;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpirationUtils;

/** What Keycloak's own idle time-out was before it was raised for a clinic, as the realm's attributes keep it: no setting. */
public final class RememberedIdle {

    /** Attribute: seconds; there as long as {@link RealmSettings#IDLE_TIMEOUT_MINUTES} stands in for Keycloak's value. */
    public static final String SECONDS = "clinicSessions.idleSecondsBefore";

    private RememberedIdle() {}

    static Stored stored(RealmModel realm, RealmSettings settings) {
        return new Stored(
                settings.idleTimeoutMinutes(),
                remembered(realm),
                SessionExpirationUtils.getSsoSessionIdleTimeout(realm));
    }

    /** Whoever sets the realm's time-out by one of our ways decides anew. */
    public static void forget(RealmModel realm) {
        realm.removeAttribute(SECONDS);
    }

    /**
     * Once a realm is within bounds.
     *
     * @return what is to be told of an attribute that has gone; null if none has
     */
    static @Nullable Map<String, String> keep(RealmModel realm, NativeIdle idle) {
        if (!idle.remembered().equals(remembered(realm))) {
            idle.remembered()
                    .ifPresentOrElse(
                            seconds -> realm.setAttribute(SECONDS, Integer.toString(seconds)), () -> forget(realm));
        } else if (idle.remembered().isEmpty() && realm.getAttribute(SECONDS) != null) {
            forget(realm); // no number
        }
        String stoodIn = realm.getAttribute(RealmSettings.IDLE_TIMEOUT_MINUTES);
        if (!idle.forgetsAttribute() || stoodIn == null) {
            return null;
        }
        realm.removeAttribute(RealmSettings.IDLE_TIMEOUT_MINUTES);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("setting", RealmSettings.IDLE_TIMEOUT_MINUTES);
        details.put("old", stoodIn);
        details.put("new", "-");
        return details;
    }

    private static OptionalInt remembered(RealmModel realm) {
        return Range.parse(realm.getAttribute(SECONDS)).stream()
                .filter(seconds -> seconds > 0 && seconds <= Integer.MAX_VALUE)
                .mapToInt(Math::toIntExact)
                .findFirst();
    }
}
