package io.github.clinicsessions.clinic;

import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.SessionArrival;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What a person does with the devices with which they have signed in: the same for page and REST. */
public final class OwnDevices {

    /** As the database has them; what is no such id is nobody's. */
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    public OwnDevices(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** All of them, last seen first. */
    public List<KnownDevice> list() {
        return Transactions.inNew(
                session, realm, (own, ownRealm) -> new KnownDevices(own).ofUser(ownRealm.getId(), user.getId()));
    }

    /** The id of the one with which this session of theirs began; null where that is not known. */
    public @Nullable String idOf(String sessionId) {
        return Transactions.<Optional<String>>inNew(
                        session,
                        realm,
                        (own, ownRealm) -> new LivingSessions(own)
                                .arrival(ownRealm.getId(), sessionId)
                                .map(SessionArrival::deviceId))
                .orElse(null);
    }

    /**
     * Names a device.
     *
     * @param name see {@link DeviceName}; null takes it away
     * @return empty if the person has no such device
     */
    public Optional<KnownDevice> name(String id, @Nullable String name) {
        return change(
                id,
                (known, realmId) -> known.rename(realmId, user.getId(), id, name)
                        ? known.find(realmId, user.getId(), id)
                        : Optional.empty());
    }

    /**
     * Forgets a device. Sessions that began with it go on; the next sign-in with it is one with a new device.
     *
     * @return what it was; empty if the person has no such device
     */
    public Optional<KnownDevice> forget(String id) {
        return change(id, (known, realmId) -> {
            Optional<KnownDevice> device = known.find(realmId, user.getId(), id);
            device.ifPresent(one -> known.forget(realmId, user.getId(), id));
            return device;
        });
    }

    /** Not while a sign-in of the person is judged, which writes the device as it was when it was read. */
    private Optional<KnownDevice> change(String id, BiFunction<KnownDevices, String, Optional<KnownDevice>> change) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        return Transactions.inNew(session, realm, (own, ownRealm) -> {
            KnownDevices known = new KnownDevices(own);
            return known.lockPerson(ownRealm.getId(), user.getId()).isEmpty()
                    ? Optional.empty()
                    : change.apply(known, ownRealm.getId());
        });
    }
}
