package io.github.clinicsessions.device.jpa;

import io.github.clinicsessions.device.KnownDevice;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_KNOWN_DEVICE}. */
@Entity
@Table(name = "CLINIC_KNOWN_DEVICE")
@IdClass(KnownDeviceKey.class)
class KnownDeviceEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "USER_ID", updatable = false)
    String userId = "";

    @Id
    @Column(name = "DEVICE_HASH", updatable = false, length = 43)
    String hash = "";

    @Column(name = "ID", nullable = false, updatable = false, length = 36)
    String id = "";

    @Column(name = "LABEL", length = 255)
    @Nullable
    String label;

    @Column(name = "NAME", length = 255)
    @Nullable
    String name;

    @Column(name = "FIRST_SEEN", nullable = false)
    long firstSeenAt;

    @Column(name = "LAST_SEEN", nullable = false)
    long lastSeenAt;

    @Column(name = "COUNTRIES", length = 1000)
    @Nullable
    String countries;

    @Column(name = "LAST_COUNTRY", length = 2)
    @Nullable
    String lastCountry;

    KnownDevice toRecord() {
        return new KnownDevice(id, hash, label, name, firstSeenAt, lastSeenAt, Countries.parse(countries), lastCountry);
    }
}
