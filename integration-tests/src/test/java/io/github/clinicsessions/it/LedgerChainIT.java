package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;

/** The ledger's chain against somebody who has the database's password: what they do is found, online and offline. */
class LedgerChainIT {

    private static final Duration SEALED_WITHIN = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    private static final Path CHECKER = Project.root().resolve("docs/verify-ledger/VerifyLedger.java");

    @TempDir
    private static Path compiled = Path.of("");

    private final ChainTables tables = new ChainTables(REALM.server().database(), REALM.id());

    @TempDir
    private Path directory = Path.of("");

    /** Two seals of three rows at least; what a test does to them is undone by it. */
    @BeforeAll
    static void sealedRows() throws Exception {
        for (var i = 0; i < 2; i++) {
            for (var j = 0; j < 3; j++) {
                REALM.tokens().signIn("staff");
            }
            awaitSealed();
        }
    }

    /** So that it need not be compiled each time that it runs. */
    @BeforeAll
    static void theCheckerIsCompiled() throws Exception {
        var ended = run(tool("javac"), "-d", compiled.toString(), CHECKER.toString());
        assertThat(ended).isEqualTo("0 ");
    }

    @BeforeEach
    void everythingIsSealed() throws Exception {
        awaitSealed();
    }

    @Test
    void whatNobodyTouchedIsIntact() throws Exception {
        var report = verify();

        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("problems")).isEmpty();
        assertThat(report.path("realm").asText()).isEqualTo(REALM.name());
        assertThat(report.path("rows").asLong())
                .isGreaterThanOrEqualTo(6)
                .isEqualTo(report.path("uptoSeq").asLong());
        assertThat(report.path("fromSeq").asLong()).isEqualTo(1);
        assertThat(offline()).startsWith("0 ").contains("intact: ");
        assertThat(offline(tool("java"), CHECKER.toString()))
                .as("as its documentation says, from its source")
                .isEqualTo(offline());
    }

    @Test
    void aChangedColumnIsFound() throws Exception {
        for (var change : List.of(
                "USERNAME = 'other'",
                "DEVICE = 'other'",
                "CLINIC_IDS = ''",
                "ACTION = 'NOBODY_KNOWS'",
                "OCCURRED_AT = OCCURRED_AT - 1",
                "STATE = 'PENDING'",
                "CHAIN_HASH = NULL")) {
            tables.restoring(() -> {
                tables.execute(
                        "UPDATE CLINIC_SESSION_LEDGER SET " + change + " WHERE REALM_ID = ? AND CHAIN_SEQ = 2",
                        REALM.id());

                assertProblem("changed", 2L, tables.idAt(2));
            });
        }
    }

    @Test
    void aRemovedRowIsFound() throws Exception {
        tables.restoring(() -> {
            tables.execute("DELETE FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ? AND CHAIN_SEQ = 2", REALM.id());

            assertProblem("removed", 2L, null);
        });
    }

    @Test
    void anInsertedRowIsFound() throws Exception {
        tables.restoring(() -> {
            // in one statement: a row without a place might get one
            var id = "inserted-row";
            tables.execute(
                    "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, OCCURRED_AT, ACTION, USER_ID, ACTOR_TYPE, STATE,"
                            + " CHAIN_SEQ, CHAIN_PREVIOUS, CHAIN_HASH) SELECT ?, REALM_ID, OCCURRED_AT, ACTION, 'other',"
                            + " ACTOR_TYPE, STATE, CHAIN_SEQ, CHAIN_PREVIOUS, CHAIN_HASH FROM CLINIC_SESSION_LEDGER"
                            + " WHERE REALM_ID = ? AND CHAIN_SEQ = 2",
                    id,
                    REALM.id());

            assertProblem("inserted", 2L, id);
        });
    }

    @Test
    void aRowBehindTheEndIsFound() throws Exception {
        tables.restoring(() -> {
            tables.execute(
                    "INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, OCCURRED_AT, ACTION, USER_ID, ACTOR_TYPE, STATE,"
                            + " CHAIN_SEQ) VALUES ('behind', ?, 1, 'SESSION_STARTED', 'u', 'SELF', 'DONE', 1000000)",
                    REALM.id());

            var report = verify();
            assertThat(report.path("problems")).singleElement().satisfies(problem -> {
                assertThat(problem.path("kind").asText()).isEqualTo("inserted");
                assertThat(problem.path("rowId").asText()).isEqualTo("behind");
            });
        });
    }

    @Test
    void hashesMadeAnewDoNotFitTheSeals() throws Exception {
        tables.restoring(() -> {
            tables.execute(
                    "UPDATE CLINIC_SESSION_LEDGER SET USERNAME = 'other' WHERE REALM_ID = ? AND CHAIN_SEQ = 2",
                    REALM.id());
            tables.hashAnew(2);

            var report = verify();
            assertThat(kinds(report)).containsOnly("seal-mismatch");
            assertThat(report.at("/problems/0/seq").asLong()).isLessThanOrEqualTo(2);
            assertThat(report.at("/problems/0/uptoSeq").asLong()).isGreaterThanOrEqualTo(2);
            assertThat(offline()).startsWith("1 ").contains("seal-mismatch: ").doesNotContain("changed: ");
        });
    }

    @Test
    void aChangedSealIsFound() throws Exception {
        tables.restoring(() -> {
            tables.execute(
                    "UPDATE CLINIC_LEDGER_SEAL SET SEALED_AT = SEALED_AT + 1 WHERE REALM_ID = ? AND SEAL_NO = 1",
                    REALM.id());

            var report = verify();
            assertThat(kinds(report)).containsExactly("seal-invalid");
            assertThat(report.at("/problems/0/sealNo").asLong()).isEqualTo(1);
            assertThat(offline()).startsWith("1 ").contains("seal-invalid: seal 1");
        });
    }

    @Test
    void aTailThatIsCutOffIsFound() throws Exception {
        tables.restoring(() -> {
            var lastSeal = tables.one("SELECT MAX(SEAL_NO) FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ?");
            var from =
                    tables.one("SELECT FROM_SEQ FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? AND SEAL_NO = " + lastSeal);
            tables.execute("DELETE FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ? AND CHAIN_SEQ >= " + from, REALM.id());
            tables.execute("DELETE FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? AND SEAL_NO = " + lastSeal, REALM.id());

            assertThat(kinds(verify())).containsExactly("seal-removed", "removed");
            if (REALM.server().log().isPresent()) {
                assertThat(offline())
                        .startsWith("1 ")
                        .contains("seal-removed: seal " + lastSeal + " is in the log only");
            }
        });
    }

    @Test
    void aRowThatClaimsToBeOldIsAHint() throws Exception {
        var id = tables.insert(System.currentTimeMillis() - Duration.ofDays(2).toMillis());
        awaitSealed();

        var report = verify();

        assertThat(report.path("intact").asBoolean()).isTrue();
        assertThat(report.path("late"))
                .extracting(late -> late.path("rowId").asText())
                .contains(id);
        assertThat(offline()).startsWith("0 ");
    }

    @Test
    void sealsOutliveTheirKey() throws Exception {
        var before = tables.one("SELECT KEY_ID FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? ORDER BY SEAL_NO DESC");
        var old = REALM.admin().components().query(REALM.id(), "org.keycloak.keys.KeyProvider").stream()
                .filter(component -> component.getProviderId().startsWith("rsa")
                        && !component.getProviderId().contains("enc"))
                .toList();
        var rotated = new ComponentRepresentation();
        rotated.setName("rotated");
        rotated.setProviderId("rsa-generated");
        rotated.setProviderType("org.keycloak.keys.KeyProvider");
        rotated.setParentId(REALM.id());
        var config = new MultivaluedHashMap<String, String>();
        config.putSingle("priority", "200");
        rotated.setConfig(config);
        REALM.admin().components().add(rotated).close();

        // no sign-in: the seal that hands over comes by itself
        Awaitility.await()
                .atMost(SEALED_WITHIN)
                .until(() -> !before.equals(
                        tables.one("SELECT KEY_ID FROM CLINIC_LEDGER_SEAL WHERE REALM_ID = ? ORDER BY SEAL_NO DESC")));
        assertThat(verify().path("intact").asBoolean()).isTrue();
        old.forEach(component ->
                REALM.admin().components().component(component.getId()).remove());
        REALM.tokens().signIn("staff");
        awaitSealed();

        var report = verify();
        assertThat(report.path("intact").asBoolean()).as(report.toString()).isTrue();
        assertThat(offline()).startsWith("0 ");
    }

    @Test
    void noSignInWaitsForTheChain() throws Exception {
        try (var connection = REALM.server().database().connect();
                var lock =
                        connection.prepareStatement("SELECT * FROM CLINIC_LEDGER_HEAD WHERE REALM_ID = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            lock.setString(1, REALM.id());
            lock.executeQuery().close();
            REALM.addUser("quick", "Q", "Uick");
            var began = System.nanoTime();
            REALM.tokens().signIn("quick");
            var took = Duration.ofNanos(System.nanoTime() - began);
            REALM.ledger().await(REALM.id(), REALM.userId("quick"), rows -> rows.size() == 1);

            assertThat(took).isLessThan(Duration.ofSeconds(5));
            Awaitility.await()
                    .during(Duration.ofSeconds(6))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> verify().path("unsealedRows").asLong() == 1);
            connection.rollback();
            if (REALM.server().log().isPresent()) {
                // a head that is locked is nothing to complain of
                assertThat(Files.readString(REALM.server().log().get())).doesNotContain("is not sealed now");
            }
        }
        awaitSealed();
        assertThat(verify().path("intact").asBoolean()).isTrue();
    }

    @Test
    void itTakesViewEvents() throws Exception {
        REALM.addUser("auditor", "A", "Uditor");
        grant("auditor", "view-users", "view-realm", "manage-users");
        assertThat(verify(token("auditor")).status()).isEqualTo(404);
        assertThat(verify(token("owner")).status()).isEqualTo(404);
        assertThat(verify("").status()).isEqualTo(401);

        grant("auditor", "view-events");
        assertThat(verify(token("auditor")).status()).isEqualTo(200);
    }

    private void assertProblem(String kind, long seq, @Nullable String rowId) throws Exception {
        var report = verify();
        assertThat(report.path("intact").asBoolean()).isFalse();
        assertThat(report.path("problems"))
                .as(report.toString())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path("kind").asText()).isEqualTo(kind);
                    assertThat(problem.path("seq").asLong()).isEqualTo(seq);
                    assertThat(problem.path("rowId").asText(null)).isEqualTo(rowId);
                });
        var offline = offline();
        assertThat(offline).startsWith("1 ").contains(kind + ": ").contains("1 problems");
        if (rowId != null) {
            assertThat(offline).contains(rowId);
        }
    }

    private static List<String> kinds(JsonNode report) {
        var kinds = new ArrayList<String>();
        report.path("problems")
                .forEach(problem -> kinds.add(problem.path("kind").asText()));
        return kinds;
    }

    private static JsonNode verify() {
        var answer = verify(REALM.server().adminToken());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Http.Answer verify(String token) {
        return Http.bearer(
                "GET",
                REALM.server().url() + "/admin/realms/" + REALM.name() + "/clinic-sessions/ledger/verify",
                token,
                null);
    }

    private static String token(String username) {
        return Http.postForm(
                        REALM.url() + "/protocol/openid-connect/token",
                        Map.of(),
                        Map.of(
                                "client_id",
                                "admin-cli",
                                "grant_type",
                                "password",
                                "username",
                                username,
                                "password",
                                username))
                .json()
                .path("access_token")
                .asText();
    }

    private static void grant(String username, String... roles) {
        var client = REALM.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        for (var role : roles) {
            REALM.user(username)
                    .roles()
                    .clientLevel(client)
                    .add(List.of(REALM.admin()
                            .clients()
                            .get(client)
                            .roles()
                            .get(role)
                            .toRepresentation()));
        }
    }

    /** Rows are written behind the sign-in, so: until all that signed in is there and sealed. */
    private static void awaitSealed() throws Exception {
        var tables = new ChainTables(REALM.server().database(), REALM.id());
        Awaitility.await("seal")
                .atMost(SEALED_WITHIN)
                .pollDelay(Duration.ofMillis(500))
                .until(() -> "0"
                        .equals(tables.one("SELECT COUNT(*) FROM CLINIC_SESSION_LEDGER WHERE REALM_ID = ? AND"
                                + " (CHAIN_SEQ IS NULL OR CHAIN_SEQ > (SELECT COALESCE(MAX(UPTO_SEQ), 0) FROM"
                                + " CLINIC_LEDGER_SEAL S WHERE S.REALM_ID = CLINIC_SESSION_LEDGER.REALM_ID))")));
    }

    /** The exit status and what the checker of docs/verify-ledger said. */
    private String offline() throws Exception {
        return offline(tool("java"), "-cp", compiled.toString(), "VerifyLedger");
    }

    private String offline(String... checker) throws Exception {
        var rows = directory.resolve("rows.csv");
        var seals = directory.resolve("seals.csv");
        tables.export(rows, seals);
        var command = new ArrayList<>(List.of(checker));
        command.addAll(List.of(rows.toString(), seals.toString()));
        for (var key : keys()) {
            command.addAll(List.of("--key", key.toString()));
        }
        REALM.server().log().ifPresent(log -> command.addAll(List.of("--log", log.toString())));
        return run(command.toArray(String[]::new));
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }

    private List<Path> keys() throws IOException {
        var files = new ArrayList<Path>();
        for (var key : REALM.admin().keys().getKeyMetadata().getKeys()) {
            if (key.getPublicKey() != null) {
                var file = directory.resolve("key" + files.size());
                Files.writeString(file, key.getPublicKey());
                files.add(file);
            }
        }
        return files;
    }
}
