package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is past its term goes, nothing else, and the rest of the chain is still intact. */
class LedgerRetentionIT {

    private static final Duration DELETED_WITHIN = Duration.ofSeconds(40);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void theChainIsCutAndIntact() throws Exception {
        REALM.update(realm -> realm.getAttributes().put("clinicSessions.ledgerYears", "10"));
        var tables = new ChainTables(REALM.server().database(), REALM.id());
        for (var years : new int[] {9, 8, 7}) {
            tables.insert(yearsAgo(years));
        }
        awaitSealed(tables, 3);
        REALM.tokens().signIn("staff");
        awaitSealed(tables, 4);
        assertThat(verify().path("fromSeq").asLong()).isEqualTo(1);

        REALM.update(realm -> realm.getAttributes().put("clinicSessions.ledgerYears", "6"));

        Awaitility.await()
                .atMost(DELETED_WITHIN)
                .until(() -> REALM.ledger().rows(REALM.id()).size() == 1);
        Awaitility.await()
                .atMost(DELETED_WITHIN)
                .untilAsserted(() -> assertThat(tables.one(
                                "SELECT COUNT(*) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? AND KIND = 'CUT'"))
                        .isEqualTo("1"));
        var report = verify();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("fromSeq").asLong()).isEqualTo(4);
        assertThat(report.path("rows").asLong()).isEqualTo(1);

        tables.execute("UPDATE CLINIC_LEDGER_SEAL SET KIND = 'GONE' WHERE REALM_ID = ? AND KIND = 'CUT'", REALM.id());
        try {
            assertThat(verify().path("intact").asBoolean()).isFalse();
        } finally {
            tables.execute(
                    "UPDATE CLINIC_LEDGER_SEAL SET KIND = 'CUT' WHERE REALM_ID = ? AND KIND = 'GONE'", REALM.id());
        }
    }

    @Test
    void aRemovalIsNotMadeACut() throws Exception {
        var server = REALM.server();
        var name = "emptied-" + System.nanoTime();
        Http.bearer("POST", server.url() + "/admin/realms", server.adminToken(), "{\"realm\":\"" + name + "\"}");
        var id = server.admin().realm(name).toRepresentation().getId();
        try {
            var tables = new ChainTables(server.database(), id);
            tables.insert(System.currentTimeMillis());
            awaitSealed(tables, 1);
            tables.insert(System.currentTimeMillis());
            awaitSealed(tables, 2);

            tables.execute("DELETE FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ?", id);

            // retention runs every three seconds
            Awaitility.await()
                    .during(Duration.ofSeconds(8))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> "0"
                            .equals(tables.one(
                                    "SELECT COUNT(*) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? AND KIND = 'CUT'")));
            assertThat(verify(name).path("intact").asBoolean()).isFalse();
        } finally {
            server.admin().realm(name).remove();
        }
    }

    @Test
    void aDeletedRealmsRowsAreKeptForTheirTerm() throws Exception {
        var server = REALM.server();
        var name = "deleted-" + System.nanoTime();
        Http.bearer(
                "POST",
                server.url() + "/admin/realms",
                server.adminToken(),
                "{\"realm\":\"" + name + "\",\"attributes\":{\"clinicSessions.ledgerYears\":\"10\"}}");
        var id = server.admin().realm(name).toRepresentation().getId();
        var tables = new ChainTables(server.database(), id);
        tables.insert(yearsAgo(7));
        awaitSealed(tables, 1);
        var sealed = tables.insert(yearsAgo(5));
        awaitSealed(tables, 2);
        server.admin().realm(name).remove();
        tables.insert(yearsAgo(8));
        var neverSealed = tables.insert(yearsAgo(4));

        Awaitility.await()
                .atMost(DELETED_WITHIN)
                .until(() -> "2".equals(tables.one("SELECT COUNT(*) FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ?")));
        assertThat(REALM.ledger().rows(id)).extracting(LedgerRow::id).containsExactly(sealed, neverSealed);
        assertThat(tables.one("SELECT MIN(SEAL_NO) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ?"))
                .as("the seal at the cut stays")
                .isEqualTo("1");

        tables.execute("DELETE FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ?", id);
        Awaitility.await("nothing left, nothing kept")
                .atMost(DELETED_WITHIN)
                .until(() -> "0".equals(tables.one("SELECT COUNT(*) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ?")));
    }

    private static long yearsAgo(int years) {
        return ZonedDateTime.now(ZoneOffset.UTC)
                .minusYears(years)
                .minusDays(1)
                .toInstant()
                .toEpochMilli();
    }

    private static void awaitSealed(ChainTables tables, int upto) {
        Awaitility.await("seal")
                .atMost(DELETED_WITHIN)
                .until(() -> tables.one("SELECT COALESCE(MAX(UPTO_SEQ), 0) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ?")
                        .equals(String.valueOf(upto)));
    }

    private static JsonNode verify() {
        return verify(REALM.name());
    }

    private static JsonNode verify(String realm) {
        var server = REALM.server();
        return Http.bearer(
                        "GET",
                        server.url() + "/admin/realms/" + realm + "/clinic-sessions/ledger/verify",
                        server.adminToken(),
                        null)
                .json();
    }
}
