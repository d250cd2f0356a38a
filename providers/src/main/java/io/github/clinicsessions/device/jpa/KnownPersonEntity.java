package io.github.clinicsessions.device.jpa;

import io.github.clinicsessions.device.KnownPerson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_KNOWN_PERSON}. */
@Entity
@Table(name = "CLINIC_KNOWN_PERSON")
@IdClass(KnownPersonKey.class)
class KnownPersonEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "USER_ID", updatable = false)
    String userId = "";

    @Column(name = "COUNTRIES", length = 1000)
    @Nullable
    String countries;

    @Column(name = "LAST_COUNTRY", length = 2)
    @Nullable
    String lastCountry;

    @Column(name = "LAST_SEEN", nullable = false)
    long lastSeenAt;

    @Column(name = "LAST_WITHOUT_DEVICE", nullable = false)
    long lastWithoutDeviceAt;

    /** Milliseconds since the epoch, with commas; null for none. */
    @Column(name = "MAILED_AT", length = 64)
    @Nullable
    String mailedAt;

    @Column(name = "FIRST_DEVICE_AT", nullable = false)
    long firstDeviceAt;

    /** As {@link #mailedAt}. */
    @Column(name = "OWNERS_MAILED_AT", length = 64)
    @Nullable
    String ownersMailedAt;

    @Column(name = "REPORTED_AT", nullable = false)
    long reportedAt;

    KnownPerson toRecord() {
        return new KnownPerson(
                Countries.parse(countries),
                lastCountry,
                lastSeenAt,
                lastWithoutDeviceAt,
                times(mailedAt),
                firstDeviceAt,
                times(ownersMailedAt),
                reportedAt);
    }

    static List<Long> times(@Nullable String column) {
        return column == null
                ? List.of()
                : Stream.of(column.split(",")).map(Long::valueOf).toList();
    }

    static @Nullable String times(List<Long> times) {
        return times.isEmpty() ? null : times.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
