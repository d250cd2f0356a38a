package io.github.clinicsessions.audit.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerCursor;
import io.github.clinicsessions.audit.LedgerPage;
import io.github.clinicsessions.audit.LedgerQuery;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written is read again by whom it concerns, in order, and by nobody else. Each test has a realm of its own. */
class LedgerStoreTest {

    @Nullable
    private static LedgerDatabase database;

    private final String realm = UUID.randomUUID().toString();
    private final String north = UUID.randomUUID().toString();
    private final String south = UUID.randomUUID().toString();
    private final String west = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        database = LedgerDatabase.start();
    }

    @AfterAll
    static void stop() {
        database().close();
    }

    private static LedgerDatabase database() {
        return Objects.requireNonNull(database);
    }

    @Test
    void aClinicsRowsAreTheNewestFirstAndInPages() {
        var rows = new ArrayList<LedgerRow>();
        for (int i = 0; i < 7; i++) {
            rows.add(0, append(row(1_000 + i / 2, "u", north)));
        }
        append(row(2_000, "u", south));
        append(row(2_000, "u"));
        append(row(2_000, "u", realm));
        append(in("other " + realm, row(2_000, "u", north)));
        var expected = ids(rows.stream()
                .sorted(Comparator.comparingLong(LedgerRow::occurredAt)
                        .thenComparing(LedgerRow::id)
                        .reversed())
                .toList());

        var query = LedgerQuery.of(realm, Set.of(north));
        assertThat(ids(page(query, 0, 100).rows())).isEqualTo(expected);
        assertThat(page(query, 0, 100).more()).isFalse();
        assertThat(ids(page(query, 2, 3).rows())).isEqualTo(expected.subList(2, 5));
        assertThat(page(query, 2, 3).more()).isTrue();
        assertThat(page(query, 4, 3).more()).isFalse();
        assertThat(page(query, 7, 3)).isEqualTo(new LedgerPage(List.of(), false));
        assertThat(ids(walk(query, 2))).isEqualTo(expected);
    }

    @Test
    void whatWasWrittenIsRead() {
        var row = LedgerRow.ended(
                        realm,
                        5,
                        "u",
                        "ünal \uD83D\uDE00",
                        "session",
                        EndCause.ENDED_BY_OWNER,
                        new Actor(Actor.Type.OWNER, "o", "owner"),
                        "Chrome on \"macOS\"",
                        "2001:db8::1",
                        Map.of("actorIpAddress", "192.0.2.7", "x", "a\\\"b"))
                .of("ünal \uD83D\uDE00", List.of(north, south), List.of(south));
        append(row);

        assertThat(page(LedgerQuery.of(realm, Set.of(north)), 0, 1).rows()).containsExactly(row);
    }

    @Test
    void rowsOfSeveralClinicsComeOnceAndInOrder() {
        var random = new Random(1);
        var expected = new ArrayList<LedgerRow>();
        for (int i = 0; i < 60; i++) {
            var clinics = some(random, north, south, west, realm);
            var row = append(row(random.nextInt(20), "u", clinics.toArray(String[]::new)));
            if (clinics.stream().anyMatch(Set.of(north, west)::contains)) {
                expected.add(row);
            }
        }
        expected.sort(Comparator.comparingLong(LedgerRow::occurredAt)
                .thenComparing(LedgerRow::id)
                .reversed());
        var query = LedgerQuery.of(realm, Set.of(north, west));

        assertThat(walk(query, 7)).isEqualTo(expected);
        for (int first = 0; first < expected.size(); first += 9) {
            assertThat(page(query, first, 9).rows())
                    .isEqualTo(expected.subList(first, Math.min(first + 9, expected.size())));
        }
        assertThat(page(query, 1_000, 9)).isEqualTo(new LedgerPage(List.of(), false));
        assertThat(walk(LedgerQuery.of(realm, null), 500)).hasSize(60);
    }

    @Test
    void aRealmWideClinicHasTheRowsThatNameTheRealm() {
        var inRealm = append(row(1, "u", realm));
        var inNorth = append(row(2, "u", north));

        assertThat(walk(LedgerQuery.of(realm, Set.of(realm)), 5)).containsExactly(inRealm);
        assertThat(walk(LedgerQuery.of(realm, Set.of(realm, north)), 5)).containsExactly(inNorth, inRealm);
        assertThat(walk(LedgerQuery.of(realm, Set.of(realm, north)).about("u"), 5))
                .containsExactly(inNorth, inRealm);
        assertThat(walk(LedgerQuery.of(realm, Set.of()), 5)).isEmpty();
        assertThat(links()).containsExactly(inNorth.id());
    }

    @Test
    void filters() {
        var first = append(ended(10, "a", EndCause.SIGNED_OUT, north));
        var second = append(ended(20, "b", EndCause.IDLE_TIMEOUT, north, south));
        var third = append(ended(30, "a", EndCause.IDLE_TIMEOUT, south));
        for (var query : List.of(LedgerQuery.of(realm, null), LedgerQuery.of(realm, Set.of(north, south)))) {
            assertThat(walk(query.between(10L, 30L), 5)).containsExactly(second, first);
            assertThat(walk(query.between(11L, null), 5)).containsExactly(third, second);
            assertThat(walk(query.between(null, 10L), 5)).isEmpty();
            assertThat(walk(query.about("a"), 5)).containsExactly(third, first);
            assertThat(walk(query.endedBy(EndCause.IDLE_TIMEOUT), 5)).containsExactly(third, second);
            assertThat(walk(query.endedBy(EndCause.IDLE_TIMEOUT).about("a"), 5)).containsExactly(third);
            assertThat(walk(query.endedBy(EndCause.IDLE_TIMEOUT).between(0L, 25L), 5))
                    .containsExactly(second);
        }
        assertThat(walk(LedgerQuery.of(realm, Set.of(north)).about("a"), 5)).containsExactly(first);
    }

    @Test
    void whatIsOnlyIntendedIsNotTold() {
        var done = row(1, "u", north);
        var withdrawn = row(2, "u", north);
        database().run(store -> {
            store.appendPending(done);
            store.appendPending(withdrawn);
        });
        assertThat(walk(LedgerQuery.of(realm, Set.of(north)), 5)).isEmpty();
        assertThat(walk(LedgerQuery.of(realm, null), 5)).isEmpty();

        database().run(store -> store.complete(realm, Set.of(done.id())));
        database().run(store -> store.withdraw(realm, Set.of(done.id(), withdrawn.id())));

        assertThat(walk(LedgerQuery.of(realm, Set.of(north)), 5)).containsExactly(done);
        assertThat(links()).containsExactly(done.id());
    }

    @Test
    void aRowThatIsThereIsLeftAsItIs() {
        var row = row(1, "u", north);
        database().run(store -> store.appendPending(row));
        append(row);
        database().run(store -> {
            store.append(row);
            store.append(row);
        });

        assertThat(walk(LedgerQuery.of(realm, Set.of(north)), 5)).containsExactly(row);
        assertThat(links()).containsExactly(row.id());
    }

    @Test
    void whatGoesWithItsTermGoesWhole() {
        var old = append(row(1, "u", north, south));
        var young = append(row(10, "u", north));

        assertThat(database().<Integer>in(store -> store.chain().deleteUnchained(realm, 10, 500)))
                .isEqualTo(1);
        assertThat(links()).containsExactly(young.id()).doesNotContain(old.id());

        database().execute("UPDATE CLINIC_SESSION_LEDGER SET CHAIN_SEQ = 1 WHERE REALM_ID = ?", realm);
        assertThat(database().<Integer>in(store -> store.chain().deleteUpTo(realm, 1, 500)))
                .isEqualTo(1);
        assertThat(links()).isEmpty();
    }

    @Test
    void nobodyIsFoundInWhatWasPrivate() {
        var open = append(row(1, "u", north, south));
        var toSouth = append(row(2, "u", north, south).of("u", List.of(north, south), List.of(south)));
        var toBoth = append(row(3, "u", north, south).of("u", List.of(north, south), List.of(north, south)));

        assertThat(walk(LedgerQuery.of(realm, Set.of(north)).about("u"), 5)).containsExactly(toSouth, open);
        assertThat(walk(LedgerQuery.of(realm, Set.of(south)).about("u"), 5)).containsExactly(open);
        assertThat(walk(LedgerQuery.of(realm, Set.of(north, south)).about("u"), 5))
                .containsExactly(toSouth, open);
        assertThat(walk(LedgerQuery.of(realm, Set.of(north, south)), 5)).containsExactly(toBoth, toSouth, open);
        assertThat(walk(LedgerQuery.of(realm, null).about("u"), 5)).containsExactly(toBoth, toSouth, open);
        assertThat(walk(LedgerQuery.of(realm, null).about("u").leavingOutMasked(), 5))
                .containsExactly(toSouth, open);
        assertThat(walk(LedgerQuery.of(realm, Set.of(north, south)).about("u").through(Set.of(south)), 5))
                .as("opted out towards north now")
                .containsExactly(open);
    }

    @Test
    void nobodyForgesOrEvadesItByText() {
        var forged = append(withDetails(row(1, "u", north), Map.of("label", "\"privateTo\":\"*\"")));
        append(withDetails(
                row(2, "u", realm).of("u", List.of(realm), List.of(realm)),
                Map.of("label", "\"}", "privateTo", "*", "zzz", "\"privateTo\":\" \"")));
        var named = append(withDetails(
                row(3, "u", north, south).of("u", List.of(north, south), List.of(south)),
                Map.of("privateTo", " " + south + " ", "zzz", " " + north + " ")));

        assertThat(walk(LedgerQuery.of(realm, Set.of(north, realm)).about("u"), 5))
                .containsExactly(named, forged);
    }

    /** The database and {@link LedgerRow#maskedFor} agree, whoever asks. */
    @Test
    void theDatabaseLeavesOutWhatIsMasked() {
        var random = new Random(2);
        var rows = new ArrayList<LedgerRow>();
        for (int i = 0; i < 150; i++) {
            var clinics = random.nextInt(10) == 0 ? List.of(realm) : some(random, north, south, west);
            rows.add(append(row(i, "u", clinics.toArray(String[]::new))
                    .of("u", clinics, some(random, north, south, west, realm))));
        }
        for (int i = 0; i < 40; i++) {
            var viewers = Set.copyOf(some(random, north, south, west, realm));
            var seen = rows.stream()
                    .filter(row -> row.clinicIds().stream().anyMatch(viewers::contains))
                    .filter(row -> !row.maskedFor(viewers, Set.of()))
                    .map(LedgerRow::id)
                    .toList();

            var query = LedgerQuery.of(realm, viewers);
            assertThat(ids(walk(query.about("u"), 11))).containsExactlyInAnyOrderElementsOf(seen);
            assertThat(ids(walk(query.leavingOutMasked(), 11))).containsExactlyInAnyOrderElementsOf(seen);
        }
        assertThat(ids(walk(LedgerQuery.of(realm, null).leavingOutMasked(), 500)))
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .filter(row -> !row.maskedFor(null, Set.of()))
                        .map(LedgerRow::id)
                        .toList());
    }

    @Test
    void whoLookedAtAPerson() {
        var viewer = new Actor(Actor.Type.OWNER, "o", "owner");
        for (int hour = 0; hour < 4; hour++) {
            append(LedgerRow.viewed(realm, hour * 3_600_000L, "u", "u", viewer, "192.0.2.7"));
            append(LedgerRow.viewed(realm, hour * 3_600_000L + 3_599_999, "u", "u", viewer, null));
        }
        append(LedgerRow.viewed(realm, 0, "other", "other", viewer, null));
        append(row(99, "u", north));

        var views = database().in(store -> store.viewsOf(realm, "u", 3));
        assertThat(views).extracting(LedgerRow::occurredAt).containsExactly(10_800_000L, 7_200_000L, 3_600_000L);
        assertThat(views).extracting(LedgerRow::action).containsOnly(LedgerAction.SESSIONS_VIEWED);
        assertThat(views.get(0).details()).containsEntry("actorIpAddress", "192.0.2.7");
        assertThat(views.get(0).actor()).isEqualTo(viewer);
    }

    @Test
    void boundsOfAPage() {
        var query = LedgerQuery.of(realm, null);
        for (int[] bad : new int[][] {{-1, 1}, {0, 0}, {0, 101}}) {
            assertThatThrownBy(() -> page(query, bad[0], bad[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void rowsFromBeforeTheTableAreTakenIn() {
        try (var older = LedgerDatabase.empty()) {
            older.migrate(2);
            older.execute("INSERT INTO ORG VALUES ('north', 'r'), ('north2', 'r'), ('west', 'other')");
            older.execute("INSERT INTO CLINIC_SESSION_LEDGER (ID, REALM_ID, CLINIC_IDS, OCCURRED_AT, ACTION, USER_ID,"
                    + " ACTOR_TYPE, STATE) VALUES"
                    + " ('1', 'r', 'north', 5, 'SESSION_STARTED', 'u', 'SELF', 'DONE'),"
                    + " ('2', 'r', 'gone north2 north', 6, 'SESSION_STARTED', 'u', 'SELF', 'PENDING'),"
                    + " ('3', 'r', 'r', 7, 'SESSION_STARTED', 'u', 'SELF', 'DONE'),"
                    + " ('4', 'r', NULL, 8, 'SESSION_STARTED', 'u', 'SELF', 'DONE'),"
                    + " ('5', 'r', 'west', 9, 'SESSION_STARTED', 'u', 'SELF', 'DONE')");

            older.migrate(Integer.MAX_VALUE);

            assertThat(older.texts("SELECT REALM_ID || ' ' || CLINIC_ID || ' ' || OCCURRED_AT || ' ' || LEDGER_ID"
                            + " FROM CLINIC_LEDGER_CLINIC ORDER BY OCCURRED_AT, CLINIC_ID"))
                    .containsExactly("r north 5 1", "r north 6 2", "r north2 6 2");
        }
    }

    private LedgerRow append(LedgerRow row) {
        database().run(store -> store.append(row));
        return row;
    }

    private static LedgerPage page(LedgerQuery query, int first, int max) {
        return database().in(store -> store.page(query, first, max));
    }

    /** Everything, each batch in a transaction of its own. */
    private static List<LedgerRow> walk(LedgerQuery query, int batch) {
        var all = new ArrayList<LedgerRow>();
        var rows = batch(query, null, batch);
        while (!rows.isEmpty()) {
            all.addAll(rows);
            rows = batch(query, LedgerCursor.after(rows.get(rows.size() - 1)), batch);
        }
        return all;
    }

    private static List<LedgerRow> batch(LedgerQuery query, @Nullable LedgerCursor after, int max) {
        return database().in((LedgerStoreProvider store) -> store.batch(query, after, max));
    }

    private LedgerRow row(long at, String userId, String... clinics) {
        return LedgerRow.started(realm, at, userId, userId, "s", Actor.self(userId, userId), null, null, Map.of())
                .of(userId, List.of(clinics), List.of());
    }

    private LedgerRow ended(long at, String userId, EndCause cause, String... clinics) {
        return LedgerRow.ended(realm, at, userId, userId, "s", cause, Actor.SYSTEM, null, null, Map.of())
                .of(userId, List.of(clinics), List.of());
    }

    private static LedgerRow in(String realmId, LedgerRow row) {
        return LedgerRow.started(realmId, row.occurredAt(), row.userId(), null, "s", row.actor(), null, null, Map.of())
                .of(row.userId(), row.clinicIds(), List.of());
    }

    private static LedgerRow withDetails(LedgerRow row, Map<String, String> details) {
        return new LedgerRow(
                row.id(),
                row.realmId(),
                row.clinicIds(),
                row.occurredAt(),
                row.action(),
                row.cause(),
                row.userId(),
                row.username(),
                row.sessionRef(),
                row.actor(),
                row.device(),
                row.ipAddress(),
                row.country(),
                details);
    }

    private List<String> links() {
        return database()
                .texts("SELECT LEDGER_ID FROM CLINIC_LEDGER_CLINIC WHERE REALM_ID = '" + realm + "' ORDER BY 1");
    }

    private static List<String> ids(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::id).toList();
    }

    private static List<String> some(Random random, String... of) {
        return List.of(of).stream().filter(one -> random.nextBoolean()).sorted().toList();
    }
}
