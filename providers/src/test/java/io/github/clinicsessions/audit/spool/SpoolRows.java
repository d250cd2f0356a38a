package io.github.clinicsessions.audit.spool;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows to be kept. */
public final class SpoolRows {

    private SpoolRows() {}

    public static LedgerRow row(String username) {
        return LedgerRow.ended(
                "realm",
                1_700_000_000_123L,
                "user",
                username,
                "session",
                EndCause.SIGNED_OUT,
                Actor.self("user", username),
                "Chrome on macOS",
                "2001:db8::1",
                Map.of("offlineAccess", "kept"));
    }

    public static List<LedgerRow> rows(int count) {
        return IntStream.range(0, count).mapToObj(i -> row("user " + i)).toList();
    }
}
