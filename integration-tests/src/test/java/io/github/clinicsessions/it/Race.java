package io.github.clinicsessions.it;

import io.github.clinicsessions.it.RaceVictim.Sign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Rounds of one end against one use: a session is ended while it is used; afterwards, is it alive? */
final class Race {

    /** What was under way when the session ended has been answered by then, and written. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private final TestRealm realm;
    private final RaceWay way;
    private final RaceUse use;
    private final List<RaceVictim> victims = new ArrayList<>();
    private final Map<Integer, Map<String, Set<Sign>>> lived = new TreeMap<>();
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();

    private Race(TestRealm realm, RaceWay way, RaceUse use) {
        this.realm = realm;
        this.way = way;
        this.use = use;
    }

    /**
     * What the rounds came to.
     *
     * @param lived by round, from 0: when the session was found alive, and how
     * @param answerMillis how long the end took, of each round
     * @param refusedMillis from the answer until all was refused, looks included; only of rounds in which it was
     */
    record Result(
            int rounds,
            Map<Integer, Map<String, Set<Sign>>> lived,
            List<Long> answerMillis,
            List<Long> refusedMillis) {}

    static Result run(TestRealm realm, RaceWay way, RaceUse use, int rounds) throws Exception {
        var race = new Race(realm, way, use);
        var username = (way + "-" + use).toLowerCase(Locale.ROOT).replace('_', '-');
        realm.addUser(username, "R", "Ace");
        for (var round = 0; round < rounds; round++) {
            race.round(username, round);
        }
        race.lookLater();
        return new Result(rounds, race.lived, race.answered, race.refused);
    }

    private void round(String username, int round) throws Exception {
        var victim = RaceVictim.signIn(realm, username, way.endsOffline());
        victims.add(victim);
        var ending = way.prepare(victim);
        var users = RaceUsers.start(use, victim);
        try {
            var before = System.nanoTime();
            ending.now().run();
            var answer = System.nanoTime();
            answered.add(millis(answer - before));
            if (note(round, "at once", refusedInTime(victim))) {
                refused.add(millis(System.nanoTime() - answer));
            }
        } finally {
            users.stop();
        }
        note(round, "when its users had stopped", victim.signs());
        ending.after().run();
    }

    /** The signs that are left when the time of grace is over, or none. */
    private Set<Sign> refusedInTime(RaceVictim victim) {
        var signs = victim.signs();
        if (signs.isEmpty() || way.grace().isZero()) {
            return signs;
        }
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(way.grace())
                    .until(() -> victim.signs().isEmpty());
            return Set.of();
        } catch (ConditionTimeoutException e) {
            return victim.signs();
        }
    }

    /** All sessions of all rounds once more: one that comes back lives for as long as the realm lets it. */
    private void lookLater() {
        Awaitility.await().pollDelay(LATER).atMost(Duration.ofMinutes(5)).until(() -> {
            for (var round = 0; round < victims.size(); round++) {
                note(round, "later", victims.get(round).signs());
            }
            return true;
        });
    }

    /** Whether there is nothing to note. */
    private boolean note(int round, String when, Set<Sign> signs) {
        if (!signs.isEmpty()) {
            lived.computeIfAbsent(round, key -> new LinkedHashMap<>()).put(when, signs);
        }
        return signs.isEmpty();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
