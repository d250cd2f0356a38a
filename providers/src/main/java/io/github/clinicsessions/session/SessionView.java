package io.github.clinicsessions.session;

import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.geo.Place;
import io.github.clinicsessions.registry.SessionMark;
import io.github.clinicsessions.timeout.IdleRule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session as people see it: the online and the offline session of one id are one.
 *
 * @param current whether the request itself belongs to it
 * @param offline whether only its offline access is left
 * @param offlineAccess whether it holds offline access
 * @param deviceId of the person's known device; null where none is recognised, and to all others
 * @param deviceName what the person has named that; null for none, and to all others
 * @param marks what was noticed when it began, or when somebody came back to it
 * @param ipAddress where it began, null if Keycloak's value is no address
 * @param place where that is
 * @param lastActiveAt the newest of sign-in, SSO, token refresh and reported human activity
 * @param idleExpiresAt when it ends if unused
 * @param timeoutRule by which it ends then; null if only its offline access is left
 * @param expiresAt when it ends at the latest, null if it may go on for ever
 * @param impersonator name of the administrator who opened it as this person
 */
public record SessionView(
        String id,
        boolean current,
        boolean offline,
        boolean offlineAccess,
        Device device,
        @Nullable String deviceId,
        @Nullable String deviceName,
        Set<SessionMark> marks,
        @Nullable String ipAddress,
        Place place,
        Instant startedAt,
        Instant lastActiveAt,
        Instant idleExpiresAt,
        @Nullable IdleRule timeoutRule,
        @Nullable Instant expiresAt,
        List<Client> clients,
        @Nullable String impersonator) {

    public SessionView {
        marks = Set.copyOf(marks);
    }

    /**
     * An application that uses the session.
     *
     * @param name as an administrator wrote it, possibly a message key such as <code>${client_account}</code>; null
     *     if none was given
     */
    public record Client(String clientId, @Nullable String name) {}

    /**
     * The same with these applications only, and without the name of the clinic by whose rule it ends, or of a role's that another
     * clinic has a rule for.
     *
     * @param clinics aliases of those that the viewer oversees
     */
    public SessionView overseen(List<Client> applications, Set<String> clinics) {
        return new SessionView(
                id,
                current,
                offline,
                offlineAccess,
                device,
                deviceId,
                deviceName,
                marks,
                ipAddress,
                place,
                startedAt,
                lastActiveAt,
                idleExpiresAt,
                timeoutRule == null
                                || timeoutRule.clinic() == null
                                || (timeoutRule.kind() == IdleRule.Kind.ROLE && clinics.contains(timeoutRule.clinic()))
                        ? timeoutRule
                        : new IdleRule(IdleRule.Kind.CLINIC, null, timeoutRule.seconds()),
                expiresAt,
                applications,
                impersonator);
    }
}
