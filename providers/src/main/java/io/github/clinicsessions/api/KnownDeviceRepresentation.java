package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.api.SessionRepresentation.CountryRepresentation;
import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.geo.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code KnownDevice} of the REST API. Unknown is null, and null is sent. Times are ISO-8601, UTC. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record KnownDeviceRepresentation(
        String id,
        @Nullable String label,
        @Nullable String name,
        boolean current,
        String firstSeenAt,
        String lastSeenAt,
        List<CountryRepresentation> countries) {

    static KnownDeviceRepresentation of(KnownDevice device, @Nullable String currentId) {
        return new KnownDeviceRepresentation(
                device.id(),
                device.label(),
                device.name(),
                device.id().equals(currentId),
                Instant.ofEpochMilli(device.firstSeenAt()).toString(),
                Instant.ofEpochMilli(device.lastSeenAt()).toString(),
                device.countries().stream()
                        .sorted()
                        .map(code -> CountryRepresentation.of(Place.in(code)))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }
}
