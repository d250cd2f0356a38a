package io.github.clinicsessions.session;

import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.RegisteredSession;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.SessionArrival;
import io.github.clinicsessions.registry.jpa.Activities;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What our tables have of some sessions of a person.
 *
 * @param devices the person's, by id; none where they are nobody else's business
 */
record KnownArrivals(Map<String, RegisteredSession> sessions, Map<String, KnownDevice> devices) {

    /**
     * One query for each 500 sessions, and one for the devices.
     *
     * @param own whether the person looks, who may know which of their devices it was
     */
    static KnownArrivals of(
            KeycloakSession session, RealmModel realm, String userId, Collection<String> sessionIds, boolean own) {
        return Transactions.inNew(
                session,
                realm,
                (inNew, ownRealm) -> new KnownArrivals(
                        new Activities(inNew).registered(ownRealm.getId(), sessionIds),
                        own ? byId(new KnownDevices(inNew).ofUser(ownRealm.getId(), userId)) : Map.of()));
    }

    private static Map<String, KnownDevice> byId(Collection<KnownDevice> devices) {
        return devices.stream().collect(Collectors.toMap(KnownDevice::id, Function.identity()));
    }

    Map<String, SessionActivity> activities() {
        return sessions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().activity()));
    }

    SessionArrival arrival(String sessionId) {
        return sessions.getOrDefault(sessionId, RegisteredSession.NONE).arrival();
    }

    /** With which it began; null for one that is not known, or not any more. */
    @Nullable
    KnownDevice device(String sessionId) {
        String deviceId = arrival(sessionId).deviceId();
        return deviceId == null ? null : devices.get(deviceId);
    }
}
