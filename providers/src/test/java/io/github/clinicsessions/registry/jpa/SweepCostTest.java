package io.github.clinicsessions.registry.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.IdleCandidate;
import io.github.clinicsessions.registry.StoredSession;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A look for idle sessions costs what is due, however many live: how many rows and index entries the database reads, counted by the
 * database, with 50 due of 30,000.
 */
class SweepCostTest {

    private static final int COUNT = 30_000;
    private static final int DUE = 50;
    private static final long NOW = 1_000_000;

    @Test
    void readsWhatIsDue() {
        try (var database = RegistryDatabase.start()) {
            database.fill(COUNT, DUE);
            var before = counted(database);

            database.in(entityManager -> {
                var activities = new Activities(entityManager);
                var persisted = new PersistedSessions(entityManager);
                var due = activities.due("realm", NOW, 500);
                assertThat(due).hasSize(DUE);
                assertThat(due).extracting(IdleCandidate::dueAt).isSorted();
                var ids = due.stream().map(one -> one.session().sessionId()).toList();
                assertThat(persisted.ofIds("realm", ids))
                        .hasSize(DUE)
                        .extracting(StoredSession::offline)
                        .containsOnly(false);
                var used = persisted.clientsUsedAt("realm", ids);
                assertThat(used).hasSize(DUE);
                assertThat(used.get(ids.get(0))).isEqualTo(Map.of("app", 1_000L, "other", 1_000L));
                activities.lookAgain(
                        "realm", due.stream().collect(Collectors.toMap(Function.identity(), one -> NOW + 1)));
                return entityManager
                        .createNativeQuery("SELECT CAST(pg_stat_force_next_flush() AS text)")
                        .getResultList();
            });

            var read = new TreeMap<>(counted(database));
            before.forEach((name, count) -> read.merge(name, count, (after, then) -> after - then));
            assertThat(read.values().stream().mapToLong(Long::longValue).sum())
                    .as(read.toString())
                    .isLessThanOrEqualTo(DUE * 10L);
            assertThat(due(database)).isEmpty();
        }
    }

    /** Whoever says in between that a session is to be looked at is heard. */
    @Test
    void aLookDoesNotUndoWhatWasSaidMeanwhile() {
        try (var database = RegistryDatabase.start()) {
            database.fill(30, 10);
            var due = due(database);
            var one = due.get(0);
            database.in(entityManager -> {
                new Activities(entityManager).lookAtOnce("realm", one.session().userId());
                return true;
            });

            database.in(entityManager -> {
                new Activities(entityManager)
                        .lookAgain(
                                "realm", due.stream().collect(Collectors.toMap(Function.identity(), any -> NOW + 1)));
                return true;
            });

            assertThat(due(database))
                    .isNotEmpty()
                    .allSatisfy(left -> assertThat(left.session().userId())
                            .isEqualTo(one.session().userId()));
        }
    }

    @Test
    void oneAtATimeLeavesASessionToItsOfflineAccess() {
        try (var database = RegistryDatabase.start()) {
            database.fill(30, 10);
            Function<String, Boolean> leave =
                    id -> database.in(entityManager -> new Activities(entityManager).leave("realm", id));

            assertThat(leave.apply("s3")).isTrue();
            assertThat(leave.apply("s3")).isFalse();
            assertThat(leave.apply("not registered")).isTrue();
            assertThat(due(database))
                    .extracting(due -> due.session().sessionId())
                    .doesNotContain("s3")
                    .hasSize(9);
        }
    }

    private static List<IdleCandidate> due(RegistryDatabase database) {
        return database.in(entityManager -> new Activities(entityManager).due("realm", NOW, 500));
    }

    private static Map<String, Long> counted(RegistryDatabase database) {
        return database
                .texts("SELECT indexrelname || ' ' || idx_tup_read FROM pg_stat_user_indexes UNION ALL"
                        + " SELECT relname || ' ' || seq_tup_read FROM pg_stat_user_tables")
                .stream()
                .map(line -> line.split(" ", -1))
                .collect(Collectors.toMap(words -> words[0], words -> Long.valueOf(words[1])));
    }
}
