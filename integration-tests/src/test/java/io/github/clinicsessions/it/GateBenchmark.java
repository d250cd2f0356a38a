package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a token refresh and an introspection take in a realm that is switched on and has a rule against a realm of the same JSON
 * that is off, alternating on one server: of sessions in turn, which the gate has to look at each time, and of one session again and
 * again, which it remembers for 5 seconds. All that we do with a refresh is in it, not the gate alone.
 *
 * <p>Reports, and fails only by an answer that is not as it should be: {@code bin/test -Dit.test=GateBenchmark -Dkc.it.benchmark=true}.
 */
@EnabledIfSystemProperty(named = "kc.it.benchmark", matches = "true")
class GateBenchmark {

    private static final Logger LOG = Logger.getLogger(GateBenchmark.class.getName());

    /** So many that each is forgotten before its turn comes again, and that all have had it before access tokens expire. */
    private static final int SESSIONS = 500;

    private static final int WARM_UPS = 2;
    private static final int PASSES = 2;

    @RegisterExtension
    static final TestRealm ON =
            TestRealm.clinic().with(json -> json.putObject("attributes").put(IdleTimes.MINUTES, "15"));

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    /** Whose persons have rules of their organization and of a role in it. */
    @RegisterExtension
    static final TestRealm CLINICS_ON = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm CLINICS_OFF =
            TestRealm.clinics().listeners("jboss-logging").accountTheme(null);

    /** Signed in many times, and once more for what comes again and again. */
    private static final class Sessions {
        private final Tokens realm;
        private final List<TokenSet> inTurn = new ArrayList<>();
        private TokenSet again;

        Sessions(TestRealm realm, String username) {
            this.realm = realm.tokens();
            for (var i = 0; i < SESSIONS; i++) {
                inTurn.add(this.realm.signIn(username));
            }
            again = this.realm.signIn(username);
        }

        private TokenSet refreshed(TokenSet tokens) {
            var answer = realm.refresh(tokens);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return TokenSet.of(answer.json());
        }

        void refresh(int number) {
            inTurn.set(number, refreshed(inTurn.get(number)));
        }

        void refreshAgain(int number) {
            again = refreshed(again);
        }

        void introspect(int number) {
            assertThat(realm.introspect(inTurn.get(number))).isTrue();
        }

        void introspectAgain(int number) {
            assertThat(realm.introspect(again)).isTrue();
        }
    }

    /** The times of one kind of request, off and on, in milliseconds. */
    private static final class Pair {
        private final String what;
        private final IntConsumer off;
        private final IntConsumer on;
        private final List<Double> offTimes = new ArrayList<>();
        private final List<Double> onTimes = new ArrayList<>();

        Pair(String what, IntConsumer off, IntConsumer on) {
            this.what = what;
            this.off = off;
            this.on = on;
        }

        /** Neither of the two is always the first. */
        void run(int number) {
            if (number % 2 == 0) {
                offTimes.add(millis(off, number));
                onTimes.add(millis(on, number));
            } else {
                onTimes.add(millis(on, number));
                offTimes.add(millis(off, number));
            }
        }

        void forget() {
            offTimes.clear();
            onTimes.clear();
        }

        String row(String realm) {
            return "| %s | %s | %s | %s | %.2f |"
                    .formatted(realm, what, times(offTimes), times(onTimes), at(onTimes, 0.5) / at(offTimes, 0.5));
        }

        private static String times(List<Double> times) {
            return "%.1f (%.1f, %.1f)".formatted(at(times, 0.5), at(times, 0.25), at(times, 0.75));
        }

        private static double at(List<Double> times, double share) {
            var sorted = times.stream().sorted().toList();
            return sorted.get((int) Math.round(share * (sorted.size() - 1)));
        }

        private static double millis(IntConsumer work, int number) {
            var began = System.nanoTime();
            work.accept(number);
            return (System.nanoTime() - began) / 1e6;
        }
    }

    @Test
    void aRealmThatIsTheClinic() throws IOException {
        measure("one clinic", new Sessions(OFF, "nurse"), new Sessions(ON, "nurse"));
    }

    @Test
    void aRealmOfOrganizations() throws IOException {
        measure("organizations", new Sessions(CLINICS_OFF, "north-nurse"), new Sessions(CLINICS_ON, "north-nurse"));
    }

    private static void measure(String realm, Sessions off, Sessions on) throws IOException {
        var refresh = new Pair("refresh, looked at", off::refresh, on::refresh);
        var refreshAgain = new Pair("refresh, remembered", off::refreshAgain, on::refreshAgain);
        var introspect = new Pair("introspection, looked at", off::introspect, on::introspect);
        var introspectAgain = new Pair("introspection, remembered", off::introspectAgain, on::introspectAgain);
        var all = List.of(refresh, refreshAgain, introspect, introspectAgain);
        for (var pass = 0; pass < WARM_UPS + PASSES; pass++) {
            if (pass == WARM_UPS) {
                all.forEach(Pair::forget);
            }
            run(refresh, refreshAgain);
            run(introspect, introspectAgain);
        }
        var report = String.join("\n", all.stream().map(pair -> pair.row(realm)).toList());
        LOG.info(() -> "\n| realm | request | off: median ms (p25, p75) | on | ratio of the medians |\n" + report);
        Files.writeString(
                Project.target().resolve("gate.md"),
                report + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void run(Pair inTurn, Pair again) {
        for (var number = 0; number < SESSIONS; number++) {
            inTurn.run(number);
            again.run(number);
        }
    }
}
