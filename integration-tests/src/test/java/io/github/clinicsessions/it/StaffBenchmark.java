package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long a page of the staff's list takes: of 5,000 staff with 15,000 sessions against 50 with 150, and against what a script
 * needs today for the same facts, with Keycloak's Admin REST API. Alternating, on one server.
 *
 * <p>Reports; fails only if the large clinic takes more than twice as long as the small one: {@code bin/test
 * -Dit.test=StaffBenchmark -Dkc.it.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "kc.it.benchmark", matches = "true")
class StaffBenchmark {

    private static final Logger LOG = Logger.getLogger(StaffBenchmark.class.getName());
    private static final int RUNS = 200;
    private static final int SCRIPT_RUNS = 40;
    private static final int WARM_UP = 300;
    private static final int SCRIPT_WARM_UP = 20;
    private static final int PAGE = 20;
    private static final int SESSIONS_EACH = 3;

    @RegisterExtension
    static final TestRealm SMALL = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm LARGE = TestRealm.clinic();

    /** One measured request, or run of requests. */
    @FunctionalInterface
    private interface Work {
        void run();
    }

    @Test
    void aPage() throws SQLException, IOException {
        // "a" is before those of the demo, so that the first page is full of persons with sessions.
        StaffRows.add(SMALL, "a", 50, SESSIONS_EACH);
        StaffRows.add(LARGE, "a", 5_000, SESSIONS_EACH);
        var table = new ArrayList<>(
                List.of("| what | requests | median ms | p25 | p75 | large to small |", "|---|---|---|---|---|---|"));
        var ratios = new ArrayList<Double>();
        ratios.add(compare("first page", "max=20&first=0", table));
        ratios.add(compare("page in the middle", "max=20&first=%d", table));
        ratios.add(compare("search that finds one", "max=20&search=a00042", table));
        ratios.add(compare("search that finds all", "max=20&search=first", table));
        script(table);
        var report = String.join("\n", table);
        LOG.info(() -> "\n" + report);
        Files.writeString(Project.target().resolve("staff.md"), report + "\n");
        assertThat(ratios.get(0)).as("5,000 staff to 50").isLessThanOrEqualTo(2.0);
    }

    private static double compare(String what, String query, List<String> table) {
        var small = page(SMALL, query.formatted(20));
        var large = page(LARGE, query.formatted(2_500));
        var times = alternate(small, large, WARM_UP, RUNS);
        var ratio = quantile(times.get(1), 0.5) / quantile(times.get(0), 0.5);
        table.add(row(what + ", 50 staff", 1, times.get(0), ""));
        table.add(row(what + ", 5,000 staff", 1, times.get(1), "%.2f".formatted(ratio)));
        return ratio;
    }

    private static Work page(TestRealm realm, String query) {
        var owner = new Owner(realm);
        return () -> {
            var answer = Http.bearer("GET", realm.api("staff?" + query), owner.token(), null);
            if (answer.status() != 200 || answer.json().path("staff").isEmpty()) {
                throw new AssertionError(answer.status() + " " + answer.body());
            }
        };
    }

    /** The same page of the large clinic, and its facts by the Admin REST API. */
    private static void script(List<String> table) {
        var ours = page(LARGE, "max=20&first=0");
        Work script = () -> {
            var users = admin("users?briefRepresentation=false&first=0&max=" + PAGE);
            if (users.json().size() != PAGE) {
                throw new AssertionError(users.body());
            }
            admin("users/count");
            for (var user : users.json()) {
                var id = user.path("id").asText();
                if (admin("users/" + id + "/sessions").json().size() != SESSIONS_EACH) {
                    throw new AssertionError(id);
                }
            }
        };
        var times = alternate(ours, script, SCRIPT_WARM_UP, SCRIPT_RUNS);
        table.add(row("our page, 5,000 staff", 1, times.get(0), ""));
        table.add(row(
                "the script's requests for it",
                PAGE + 2,
                times.get(1),
                "%.1f times ours".formatted(quantile(times.get(1), 0.5) / quantile(times.get(0), 0.5))));
    }

    private static Http.Answer admin(String path) {
        var server = LARGE.server();
        var answer = Http.bearer(
                "GET", server.url() + "/admin/realms/" + LARGE.name() + "/" + path, server.adminToken(), null);
        if (answer.status() != 200) {
            throw new AssertionError(path + ": " + answer.status());
        }
        return answer;
    }

    private static List<List<Double>> alternate(Work one, Work other, int warmUp, int runs) {
        for (var i = 0; i < warmUp; i++) {
            one.run();
            other.run();
        }
        var ones = new ArrayList<Double>();
        var others = new ArrayList<Double>();
        for (var i = 0; i < runs; i++) {
            ones.add(millis(one));
            others.add(millis(other));
        }
        return List.of(ones, others);
    }

    private static double millis(Work work) {
        var began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
    }

    private static String row(String what, int requests, List<Double> times, String ratio) {
        return "| %s | %d | %.1f | %.1f | %.1f | %s |"
                .formatted(what, requests, quantile(times, 0.5), quantile(times, 0.25), quantile(times, 0.75), ratio);
    }

    private static double quantile(List<Double> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    /** The owner of the clinic, whose access token lives for a minute. */
    private static final class Owner {
        private static final long HALF_A_LIFE = 30_000_000_000L;

        private final TestRealm realm;
        private TokenSet tokens;
        private long since = System.nanoTime();

        Owner(TestRealm realm) {
            this.realm = realm;
            this.tokens = realm.tokens().signIn("owner");
        }

        String token() {
            if (System.nanoTime() - since > HALF_A_LIFE) {
                tokens = realm.tokens().signIn("owner");
                since = System.nanoTime();
            }
            return tokens.accessToken();
        }
    }
}
