package io.github.clinicsessions.bounds;

import io.github.clinicsessions.bounds.Bound.Governs;
import io.github.clinicsessions.bounds.Bound.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that is out of bounds, and what it has to become.
 *
 * @param unit of both numbers
 * @param clientId whose override it is; null for the realm's own
 * @param now the number that is stored; null for none
 * @param then the number that the bound allows
 */
public record Correction(
        String setting,
        Governs governs,
        Unit unit,
        @Nullable String clientId,
        @Nullable Long now,
        int then) {

    /** As the ledger keeps it; by it the old value can be restored. */
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("setting", setting);
        if (clientId != null) {
            details.put("client", clientId);
        }
        if (now != null) {
            details.put("tried", Long.toString(now));
        }
        details.put("inForce", Integer.toString(then));
        details.put("unit", unit.text());
        return details;
    }
}
