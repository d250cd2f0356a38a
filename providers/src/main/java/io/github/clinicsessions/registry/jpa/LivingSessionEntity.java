package io.github.clinicsessions.registry.jpa;

import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.SessionArrival;
import io.github.clinicsessions.registry.SessionMark;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of {@code CLINIC_LIVING_SESSION}. */
@Entity
@Table(name = "CLINIC_LIVING_SESSION")
@IdClass(SessionKey.class)
class LivingSessionEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Id
    @Column(name = "SESSION_ID", updatable = false, length = 64)
    String sessionId = "";

    @Column(name = "USER_ID", nullable = false)
    String userId = "";

    @Column(name = "STARTED_AT", nullable = false)
    long startedAt;

    @Column(name = "REGISTERED_AT", nullable = false)
    long registeredAt;

    /** Milliseconds since the epoch; not before this has anybody to look whether it is idle too long. 0: at once. */
    @Column(name = "IDLE_DUE_AT", nullable = false)
    long idleDueAt;

    /** Milliseconds since the epoch; 0: a human has never been reported. */
    @Column(name = "LAST_BEAT_AT", nullable = false)
    long lastBeatAt;

    /** Keycloak's ids of the clients that have reported a human, with commas; null for none. */
    @Column(name = "REPORTING_CLIENTS", length = 2000)
    @Nullable
    String reportingClients;

    /** See {@link SessionArrival}; of the person's known device. */
    @Column(name = "DEVICE_ID", length = 36)
    @Nullable
    String deviceId;

    @Column(name = "COUNTRY", length = 2)
    @Nullable
    String country;

    /** Names of {@link SessionMark}, with commas; null for none. */
    @Column(name = "MARKS", length = 100)
    @Nullable
    String marks;

    LivingSession toRecord() {
        return new LivingSession(realmId, sessionId, userId, startedAt);
    }

    SessionActivity activity() {
        return new SessionActivity(
                lastBeatAt, reportingClients == null ? Set.of() : Set.of(reportingClients.split(",")));
    }

    SessionArrival arrival() {
        return arrival(deviceId, country, marks);
    }

    /** Marks that this version does not know are left out. */
    static SessionArrival arrival(@Nullable String deviceId, @Nullable String country, @Nullable String marks) {
        Set<String> names = marks == null ? Set.of() : Set.of(marks.split(","));
        return new SessionArrival(
                deviceId,
                country,
                Stream.of(SessionMark.values())
                        .filter(mark -> names.contains(mark.name()))
                        .collect(Collectors.toSet()));
    }

    static @Nullable String marks(SessionArrival arrival) {
        return arrival.marks().isEmpty()
                ? null
                : arrival.marks().stream().sorted().map(SessionMark::name).collect(Collectors.joining(","));
    }

    void setArrival(SessionArrival arrival) {
        deviceId = arrival.deviceId();
        country = arrival.country();
        marks = marks(arrival);
    }
}
