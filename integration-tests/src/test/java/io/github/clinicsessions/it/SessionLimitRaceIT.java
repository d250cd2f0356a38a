package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A limit cannot be overrun, here on one node without session caches; on two nodes with them: {@link TwoNodesIT}. The number of rounds
 * is {@code -Dkc.it.rounds}: 50 for the record.
 */
class SessionLimitRaceIT {

    static final int ROUNDS = Integer.getInteger("kc.it.rounds", 3);

    private static final List<String> BEHAVIORS = List.of("deny", "end-least-recent", "choose");
    private static final int FURTHER = 5;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(SessionLimits::withoutAuthenticator);

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock().with(SessionLimits::withoutAuthenticator);

    private static final LimitRaceReport REPORT = new LimitRaceReport();

    @AfterAll
    static void report() throws IOException {
        REPORT.write("session-limit-race.md");
    }

    @Test
    void asManyLiveAsAreAllowed() throws Exception {
        rounds(REALM, List.of(REALM.url()), REPORT);
    }

    /** For the record, and no test: by how much Keycloak's own limiter, told to refuse, is overrun. */
    @Test
    void stock() throws Exception {
        var allowed = 3;
        var config = Map.of(
                "userRealmLimit", String.valueOf(allowed), "userClientLimit", "0", "behavior", "Deny new session");
        var direct = SessionLimits.copyWith(STOCK, "direct grant", "user-session-limits", config);
        var browser = SessionLimits.copyWith(STOCK, "browser", "user-session-limits", config);
        STOCK.update(realm -> {
            realm.setDirectGrantFlow(direct);
            realm.setBrowserFlow(browser);
        });
        var lived = new ArrayList<Integer>();
        for (var round = 0; round < ROUNDS; round++) {
            lived.add(new LimitRace(STOCK, List.of(STOCK.url()), "stock-" + round)
                    .run()
                    .alive()
                    .size());
        }
        REPORT.add("stock `user-session-limits`, deny", 1, allowed, lived);
    }

    /** Each round with a new person, under each behaviour in turn. */
    static void rounds(TestRealm realm, List<String> nodes, LimitRaceReport report) throws Exception {
        var lived = new ArrayList<List<Integer>>(List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        for (var round = 0; round < ROUNDS; round++) {
            var behavior = BEHAVIORS.get(round % BEHAVIORS.size());
            var max = 3 + round % 3;
            SessionLimits.set(realm, String.valueOf(max), behavior);
            var race = new LimitRace(realm, nodes, "race-" + round);
            var first = race.run();
            assertThat(first.signedIn())
                    .as("nothing is refused before it has begun")
                    .isEqualTo(LimitRace.SIGN_INS);
            assertThat(first.alive()).as("round %d, %s", round, behavior).hasSize(max);
            assertThat(first.usable()).as("round %d, %s", round, behavior).isEqualTo(first.alive());

            var further = race.again(FURTHER);
            assertThat(further.alive())
                    .as("round %d, %s, again", round, behavior)
                    .hasSize(max);
            if (!behavior.equals("end-least-recent")) {
                assertThat(further.alive()).isEqualTo(first.alive());
            }
            lived.get(round % 3).add(first.alive().size());
        }
        for (var i = 0; i < BEHAVIORS.size(); i++) {
            if (!lived.get(i).isEmpty()) {
                report.add("clinic-sessions, " + BEHAVIORS.get(i), nodes.size(), 3 + i, lived.get(i));
            }
        }
    }
}
