package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.clinic.OverseenSession;
import io.github.clinicsessions.device.Device;
import io.github.clinicsessions.geo.Place;
import io.github.clinicsessions.platform.Countries;
import io.github.clinicsessions.registry.SessionMark;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.SessionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code Session} of the REST API. Unknown is null, and null is sent. Times are ISO-8601, UTC. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SessionRepresentation(
        String id,
        boolean current,
        boolean offline,
        DeviceRepresentation device,
        @Nullable String ipAddress,
        @Nullable String lastIpAddress,
        @Nullable CountryRepresentation country,
        String startedAt,
        String lastActiveAt,
        String idleExpiresAt,
        @Nullable String expiresAt,
        @Nullable String timeoutReason,
        List<ClientRepresentation> clients,
        List<Mark> marks,
        @Nullable String impersonator) {

    /** {@link #timeoutReason} where no idle time-out is what comes first. */
    static final String LONGEST_LIFE = "longest life";

    /** What is special about a session. Stable names. */
    enum Mark {
        NEW_DEVICE,
        UNFAMILIAR_COUNTRY,
        OFFLINE_ACCESS,
        IMPERSONATED
    }

    /** {@code id} and {@code name} are the person's own known device; null where none is recognised, and to everybody else. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DeviceRepresentation(
            @Nullable String id,
            @Nullable String label,
            @Nullable String name,
            @Nullable String browser,
            @Nullable String os,
            String type) {

        static DeviceRepresentation of(SessionView view) {
            Device device = view.device();
            return new DeviceRepresentation(
                    view.deviceId(),
                    device.label(),
                    view.deviceName(),
                    device.browser(),
                    device.os(),
                    device.type().name().toLowerCase(Locale.ROOT));
        }
    }

    /** ISO 3166-1 alpha-2 code and English name. */
    record CountryRepresentation(String code, String name) {

        static @Nullable CountryRepresentation of(Place place) {
            return place.country() == null
                    ? null
                    : new CountryRepresentation(place.country(), Countries.name(place.country(), Locale.ENGLISH));
        }
    }

    /** An application that uses the session; both null where whoever asks may not know it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ClientRepresentation(
            @Nullable String clientId, @Nullable String name) {
        private static final ClientRepresentation UNKNOWN = new ClientRepresentation(null, null);
    }

    /** One's own. */
    static SessionRepresentation of(SessionView view, ClientNames names) {
        return of(view, 0, names);
    }

    /** Another's: each application that may not be known is there without its name. */
    static SessionRepresentation of(OverseenSession session, ClientNames names) {
        return of(session.view(), session.otherApplications(), names);
    }

    private static SessionRepresentation of(SessionView view, int otherApplications, ClientNames names) {
        List<Mark> marks = new ArrayList<>();
        if (view.marks().contains(SessionMark.NEW_DEVICE)) {
            marks.add(Mark.NEW_DEVICE);
        }
        if (view.marks().contains(SessionMark.UNFAMILIAR_COUNTRY)) {
            marks.add(Mark.UNFAMILIAR_COUNTRY);
        }
        if (view.offlineAccess()) {
            marks.add(Mark.OFFLINE_ACCESS);
        }
        if (view.impersonator() != null) {
            marks.add(Mark.IMPERSONATED);
        }
        return new SessionRepresentation(
                view.id(),
                view.current(),
                view.offline(),
                DeviceRepresentation.of(view),
                view.ipAddress(),
                null,
                CountryRepresentation.of(view.place()),
                view.startedAt().toString(),
                view.lastActiveAt().toString(),
                view.idleExpiresAt().toString(),
                text(view.expiresAt()),
                timeoutReason(view),
                Stream.concat(
                                view.clients().stream()
                                        .map(client -> new ClientRepresentation(client.clientId(), names.of(client))),
                                Stream.generate(() -> ClientRepresentation.UNKNOWN)
                                        .limit(otherApplications))
                        .toList(),
                marks,
                view.impersonator());
    }

    /** Of what ends it if nobody uses it: its longest life may come first. */
    private static @Nullable String timeoutReason(SessionView view) {
        if (view.timeoutRule() == null) {
            return null;
        }
        return view.idleExpiresAt().equals(view.expiresAt())
                ? LONGEST_LIFE
                : view.timeoutRule().reason();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
