package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.PrivateTo;
import io.github.clinicsessions.audit.jpa.SessionLedgerEntity.State;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One query over the ledger that an index serves in the order in which it answers: the realm's rows by time, a person's by time,
 * those with a cause by time, or an organization's by time.
 */
final class LedgerSelect {

    /**
     * Whether the opt-out of the clinic {@code c} held. No text that a person chooses can look like it: within a text of JSON a
     * quotation mark is escaped, and {@link PrivateTo} comes last.
     */
    private static final String PRIVATE_TOWARDS_CLINIC =
            "(l.details like :privateToAll or l.details like concat(:privateToOneFrom, c.clinicId, :privateToOneTo))";

    private final EntityManager entityManager;
    private final StringBuilder from;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final String time;
    private final String id;

    private LedgerSelect(EntityManager entityManager, String from, String time, String id) {
        this.entityManager = entityManager;
        this.from = new StringBuilder("select l from ").append(from);
        this.time = time;
        this.id = id;
    }

    /** Rows that the realm's, the person's or the cause's index gives: of any clinic, or of those of the query. */
    static LedgerSelect ofLedger(EntityManager entityManager, LedgerQuery query) {
        LedgerSelect select = new LedgerSelect(
                entityManager,
                "SessionLedgerEntity l where l.realmId = :realmId and l.state = :done",
                "l.occurredAt",
                "l.id");
        Set<String> clinicIds = query.clinicIds();
        if (clinicIds != null) {
            select.and(select.throughOneOf(query.realmId(), clinicIds, query.withoutMasked()));
        } else if (query.withoutMasked()) {
            select.and("(l.details is null or l.details not like :privateToAll)")
                    .set("privateToAll", privateToAll());
        }
        return select.filter(query);
    }

    /**
     * Rows that name this organization; through it alone if masked ones are left out. Joined by the id alone: a database that is
     * told that the times are equal too takes both for chance, expects next to no rows and reads both tables.
     */
    static LedgerSelect ofClinic(EntityManager entityManager, LedgerQuery query, String clinicId) {
        LedgerSelect select = new LedgerSelect(
                        entityManager,
                        "LedgerClinicEntity c join SessionLedgerEntity l on l.id = c.ledgerId"
                                + " where c.realmId = :realmId and c.clinicId = :clinicId"
                                + " and l.realmId = :realmId and l.state = :done",
                        "c.occurredAt",
                        "c.ledgerId")
                .set("clinicId", clinicId);
        if (query.withoutMasked()) {
            select.and(select.notPrivateTowardsClinic());
        }
        return select.filter(query);
    }

    /** In order. */
    TypedQuery<SessionLedgerEntity> query(@Nullable LedgerCursor after) {
        if (after != null) {
            and(time + " <= :afterTime and (" + time + " < :afterTime or " + id + " < :afterId)");
            set("afterTime", after.occurredAt()).set("afterId", after.id());
        }
        String order = " order by " + time + " desc, " + id + " desc";
        TypedQuery<SessionLedgerEntity> query = entityManager.createQuery(from + order, SessionLedgerEntity.class);
        parameters.forEach(query::setParameter);
        return query;
    }

    private LedgerSelect filter(LedgerQuery query) {
        set("realmId", query.realmId()).set("done", State.DONE);
        if (query.from() != null) {
            and(time + " >= :from").set("from", query.from());
        }
        if (query.to() != null) {
            and(time + " < :to").set("to", query.to());
        }
        if (query.userId() != null) {
            and("l.userId = :userId").set("userId", query.userId());
        }
        if (query.cause() != null) {
            and("l.cause = :cause").set("cause", query.cause());
        }
        return this;
    }

    /** The realm-wide clinic if it is among them, or one of the organizations. */
    private String throughOneOf(String realmId, Set<String> clinicIds, boolean withoutMasked) {
        String realmWide = "(l.clinicIds = :realmId"
                + (withoutMasked ? " and (l.details is null or l.details not like :privateToAll))" : ")");
        if (withoutMasked) {
            set("privateToAll", privateToAll());
        }
        if (clinicIds.equals(Set.of(realmId))) {
            return realmWide;
        }
        set("clinicIds", clinicIds);
        String organizations = "exists (select 1 from LedgerClinicEntity c where c.realmId = :realmId"
                + " and c.clinicId in (:clinicIds) and c.occurredAt = l.occurredAt and c.ledgerId = l.id"
                + (withoutMasked ? " and " + notPrivateTowardsClinic() : "") + ")";
        return clinicIds.contains(realmId) ? "(" + realmWide + " or " + organizations + ")" : organizations;
    }

    private String notPrivateTowardsClinic() {
        set("privateToAll", privateToAll());
        set("privateToOneFrom", privateTo("%" + PrivateTo.SEPARATOR));
        set("privateToOneTo", PrivateTo.SEPARATOR + '%');
        return "(l.details is null or not " + PRIVATE_TOWARDS_CLINIC + ")";
    }

    private static String privateToAll() {
        return privateTo(PrivateTo.ALL + "\"%");
    }

    private static String privateTo(String text) {
        return "%\"" + PrivateTo.DETAIL + "\":\"" + text;
    }

    private LedgerSelect and(String condition) {
        from.append(" and ").append(condition);
        return this;
    }

    private LedgerSelect set(String name, Object value) {
        parameters.put(name, value);
        return this;
    }
}
