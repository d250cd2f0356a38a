package io.github.clinicsessions.audit.jpa;

import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerPage;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.LedgerRow;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger such that no query reads more of it than it answers. Rows of several organizations come from one query for
 * each, merged here: no index has them in one order.
 */
final class LedgerReader {

    private static final int SKIPPED_AT_ONCE = 500;

    private static final Comparator<LedgerRow> NEWEST_FIRST = Comparator.comparingLong(LedgerRow::occurredAt)
            .thenComparing(LedgerRow::id)
            .reversed();

    private final EntityManager entityManager;

    LedgerReader(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    LedgerPage page(LedgerQuery query, int first, int max) {
        if (first < 0 || max < 1 || max > LedgerPage.MAX_ROWS) {
            throw new IllegalArgumentException("first " + first + ", max " + max);
        }
        List<LedgerSelect> selects = selects(query);
        List<LedgerRow> found = selects.size() == 1
                ? rows(selects.get(0), null, first, max + 1)
                : batch(query, cursorBehind(query, first), max + 1);
        return new LedgerPage(List.copyOf(found.subList(0, Math.min(max, found.size()))), found.size() > max);
    }

    List<LedgerRow> batch(LedgerQuery query, @Nullable LedgerCursor after, int max) {
        Map<String, LedgerRow> merged = new LinkedHashMap<>();
        for (LedgerSelect select : selects(query)) {
            rows(select, after, 0, max).forEach(row -> merged.putIfAbsent(row.id(), row));
        }
        return merged.values().stream().sorted(NEWEST_FIRST).limit(max).toList();
    }

    /** Passes over that many rows, without keeping them. */
    private @Nullable LedgerCursor cursorBehind(LedgerQuery query, int first) {
        LedgerCursor cursor = null;
        int left = first;
        while (left > 0) {
            List<LedgerRow> skipped = batch(query, cursor, Math.min(left, SKIPPED_AT_ONCE));
            if (skipped.isEmpty()) {
                return cursor;
            }
            left -= skipped.size();
            cursor = LedgerCursor.after(skipped.get(skipped.size() - 1));
        }
        return cursor;
    }

    private List<LedgerSelect> selects(LedgerQuery query) {
        Set<String> clinicIds = query.clinicIds();
        if (clinicIds != null && clinicIds.isEmpty()) {
            return List.of();
        }
        if (clinicIds == null || query.userId() != null) {
            return List.of(LedgerSelect.ofLedger(entityManager, query));
        }
        return clinicIds.stream()
                .map(id -> id.equals(query.realmId())
                        ? LedgerSelect.ofLedger(entityManager, query.through(Set.of(id)))
                        : LedgerSelect.ofClinic(entityManager, query, id))
                .toList();
    }

    /** The entity manager lives as long as the request: it must not keep what was only read. */
    private List<LedgerRow> rows(LedgerSelect select, @Nullable LedgerCursor after, int first, int max) {
        return select.query(after).setFirstResult(first).setMaxResults(max).getResultList().stream()
                .map(entity -> {
                    entityManager.detach(entity);
                    return LedgerEntities.toRow(entity);
                })
                .toList();
    }
}
