package io.github.clinicsessions.registry.jpa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the database does for one look for idle sessions, with 100 due of a million that live, and what a change of the rules costs.
 *
 * <p>Reports, never fails for a number: {@code mvn test -pl providers -Dtest=SweepBenchmark -Dkc.it.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "kc.it.benchmark", matches = "true")
class SweepBenchmark {

    private static final int COUNT = 1_000_000;
    private static final int DUE = 100;
    private static final int RUNS = 20;

    @Test
    void aMillionLive() throws IOException {
        var report = new StringBuilder("| what | ms: first, median, most of " + RUNS + " |\n|---|---|\n");
        try (var database = RegistryDatabase.start()) {
            database.fill(COUNT, DUE);
            var looks = new long[RUNS];
            for (int run = 0; run < RUNS; run++) {
                var back = run;
                looks[run] = millis(() -> database.in(entityManager -> {
                    var activities = new Activities(entityManager);
                    var persisted = new PersistedSessions(entityManager);
                    var due = activities.due("realm", 1_000_000_000, 500);
                    if (due.size() != DUE) {
                        throw new AssertionError(due.size());
                    }
                    var ids = due.stream().map(one -> one.session().sessionId()).toList();
                    persisted.ofIds("realm", ids);
                    persisted.clientsUsedAt("realm", ids);
                    activities.lookAgain(
                            "realm",
                            due.stream().collect(Collectors.toMap(Function.identity(), one -> one.dueAt() + back)));
                    return true;
                }));
            }
            report.append(row("100 due of 1,000,000: found, judged by Keycloak's rows, put off one by one", looks));
            var page = new long[RUNS];
            database.execute("UPDATE CLINIC_LIVING_SESSION SET IDLE_DUE_AT = 5 WHERE SESSION_ID LIKE 's77%'");
            database.execute("VACUUM ANALYZE CLINIC_LIVING_SESSION");
            for (int run = 0; run < RUNS; run++) {
                page[run] = millis(() -> database.in(entityManager -> {
                    var activities = new Activities(entityManager);
                    var due = activities.due("realm", 1_000_000_000, 500);
                    var ids = due.stream().map(one -> one.session().sessionId()).toList();
                    new PersistedSessions(entityManager).ofIds("realm", ids);
                    activities.lookAgain(
                            "realm",
                            due.stream().collect(Collectors.toMap(Function.identity(), one -> 9_000_000_000_000L)));
                    return true;
                }));
            }
            report.append(row("a full page of 500, all put off", page));
            var rules = new long[3];
            for (int run = 0; run < rules.length; run++) {
                var revision = "revision " + run;
                rules[run] = millis(
                        () -> database.in(entityManager -> new Activities(entityManager).rulesAre("realm", revision)));
            }
            report.append(row("other rules: 1,000,000 are to be looked at", rules));
        }
        System.out.println(report);
        Files.writeString(Path.of("target", "sweep.md"), report);
    }

    private static long millis(Runnable work) {
        var began = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private static String row(String what, long[] millis) {
        var first = millis[0];
        var sorted = millis.clone();
        Arrays.sort(sorted);
        return "| %s | %d, %d, %d |%n".formatted(what, first, sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
}
