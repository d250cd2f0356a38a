package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.registry.LivingSession;
import java.util.Map;
import org.keycloak.common.util.Time;

/** Ledger rows of sessions that others than us have ended. */
final class EndRows {

    private EndRows() {}

    /** The rest (name, clinics, device, address) comes from Keycloak or from the session's first row when it is written. */
    static LedgerRow of(LivingSession ended, EndCause cause, DoneBy by) {
        return LedgerRow.ended(
                ended.realmId(),
                Time.currentTimeMillis(),
                ended.userId(),
                null,
                ended.sessionId(),
                cause,
                by.actor(),
                null,
                null,
                details(by));
    }

    /** From where an administrator or owner did it. The row's own address is the session's. */
    static Map<String, String> details(DoneBy by) {
        boolean ofAnother = by.actor().type() == Actor.Type.ADMIN || by.actor().type() == Actor.Type.OWNER;
        return ofAnother && by.ipAddress() != null ? Map.of(LedgerRow.ACTOR_IP_ADDRESS, by.ipAddress()) : Map.of();
    }
}
