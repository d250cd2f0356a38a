package io.github.clinicsessions.audit.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerQuery;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page costs what is on it, however long the ledger is: how many rows and index entries the database reads for 20 rows, counted by
 * the database, in a realm of 60,000 rows of which 60 are of a small clinic.
 */
class ReadCostTest {

    private static final int ROWS = 60_000;
    private static final int PAGE = 20;

    /** Each row of a page is looked up in an index, or two, and read. */
    private static final long ENOUGH = 8L * (PAGE + 1);

    @Nullable
    private static LedgerDatabase database;

    @BeforeAll
    static void fill() {
        database = LedgerDatabase.start();
        GeneratedRows.insert(database, ROWS);
    }

    @AfterAll
    static void stop() {
        database().close();
    }

    private static LedgerDatabase database() {
        return Objects.requireNonNull(database);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // clinics, user, cause, from, first
                "small, -, -, -, 0",
                "small, -, -, -, 30",
                "large, -, -, -, 0",
                "small large, -, -, -, 0",
                "realm, -, -, -, 0",
                "-, -, -, -, 0",
                "-, -, -, 30000, 0",
                "large, -, -, 30000, 0",
                "large, user-7, -, -, 0",
                "-, user-7, -, -, 0",
                "small, user-0, -, -, 0",
                "-, -, TOKEN_REVOKED, -, 0",
                "large, -, TOKEN_REVOKED, -, 0",
                "realm, -, TOKEN_REVOKED, -, 0",
                "large, -, SIGNED_OUT, -, 0",
                "-, -, SIGNED_OUT, -, 0",
            })
    void aPageReadsWhatIsOnIt(
            @Nullable String clinics, @Nullable String user, @Nullable EndCause cause, @Nullable Long from, int first) {
        var query = LedgerQuery.of("realm", clinics == null ? null : Set.of(clinics.split(" ", -1)))
                .about(user)
                .endedBy(cause)
                .between(from, null);

        var read = read(reader -> reader.page(query, first, PAGE).rows().size());

        assertThat(read.values().stream().mapToLong(Long::longValue).sum())
                .as(read.toString())
                .isLessThanOrEqualTo(ENOUGH + 3L * first);
    }

    /** By index or table, what was read of it. */
    private static Map<String, Long> read(ToIntFunction<LedgerReader> reading) {
        var before = counted();
        database().inEntityManager(entityManager -> {
            assertThat(reading.applyAsInt(new LedgerReader(entityManager))).isPositive();
            return entityManager
                    .createNativeQuery("SELECT CAST(pg_stat_force_next_flush() AS text)")
                    .getResultList();
        });
        var after = counted();
        var read = new TreeMap<String, Long>();
        after.forEach((name, count) -> {
            if (count > before.getOrDefault(name, 0L)) {
                read.put(name, count - before.getOrDefault(name, 0L));
            }
        });
        return read;
    }

    private static Map<String, Long> counted() {
        var counted = new TreeMap<String, Long>();
        database()
                .texts("SELECT indexrelname || ' ' || idx_tup_read FROM pg_stat_user_indexes UNION ALL"
                        + " SELECT relname || ' ' || seq_tup_read FROM pg_stat_user_tables")
                .forEach(line -> counted.put(line.split(" ", -1)[0], Long.valueOf(line.split(" ", -1)[1])));
        return counted;
    }
}
