package io.github.clinicsessions.registry.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code CLINIC_FEED_HEAD}. Who adds to the feed holds its lock, so that places become visible in their order. */
@Entity
@Table(name = "CLINIC_FEED_HEAD")
class FeedHeadEntity {

    @Id
    @Column(name = "REALM_ID", updatable = false)
    String realmId = "";

    @Column(name = "EPOCH", nullable = false, length = 16, updatable = false)
    String epoch = "";

    @Column(name = "SEQ", nullable = false)
    long seq;
}
