package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ending a session wins against whoever uses it at the same time, on a Keycloak with its default session caches, where stock
 * sessions survive their end. The number of rounds of each pair is {@code -Dkc.it.rounds}: 50 for the record.
 */
class RaceIT {

    private static final int ROUNDS = Integer.getInteger("kc.it.rounds", 2);

    /** Of what is not our own way; fewer in a short run, which has three minutes. */
    private static final int ROUNDS_OF_OTHERS = Integer.getInteger("kc.it.rounds", 1);

    private static final ServerOptions CACHED =
            ServerOptions.named("cached").runWithout("--spi-user-sessions--infinispan--use-caches");

    @RegisterExtension
    static final TestRealm ON = TestRealm.clinic().on(CACHED);

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock().on(CACHED);

    private static final RaceReport REPORT = new RaceReport();

    @AfterAll
    static void report() throws IOException {
        REPORT.write();
    }

    static Stream<Arguments> ours() {
        return pairs(OurWay.values());
    }

    static Stream<Arguments> keycloaks() {
        return pairs(KeycloaksWay.values());
    }

    static Stream<Arguments> stock() {
        return pairs(KeycloaksWay.ADMIN_DELETE, KeycloaksWay.LOGOUT_ENDPOINT);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource
    void ours(OurWay way, RaceUse use) throws Exception {
        assertThat(raced(ON, "on", way, use).lived())
                .as("sessions that lived on")
                .isEmpty();
    }

    /** Without a sweep after it, a way of Keycloak's is only reported. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource
    void keycloaks(KeycloaksWay way, RaceUse use) throws Exception {
        var result = raced(ON, "on", way, use);
        if (way.swept()) {
            assertNoneLived(result);
        }
    }

    /** For the record, to compare with, and no test: whether the race shows on this machine. */
    @EnabledIfSystemProperty(named = "kc.it.rounds", matches = "\\d+")
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource
    void stock(KeycloaksWay way, RaceUse use) throws Exception {
        raced(OFF, "off", way, use);
    }

    /** Offline access is used where it has to end as well. */
    private static Stream<Arguments> pairs(RaceWay... ways) {
        return Arrays.stream(ways)
                .flatMap(way -> Arrays.stream(RaceUse.values())
                        .filter(use -> way.endsOffline() || use != RaceUse.OFFLINE_REFRESHES)
                        .map(use -> Arguments.of(way, use)));
    }

    private static void assertNoneLived(Race.Result result) {
        assertThat(result.lived())
                .as("rounds of %d in which the session lived on, and how", result.rounds())
                .isEmpty();
    }

    private static Race.Result raced(TestRealm realm, String name, RaceWay way, RaceUse use) throws Exception {
        var result = Race.run(realm, way, use, way instanceof OurWay ? ROUNDS : ROUNDS_OF_OTHERS);
        REPORT.add(name, way, use, result);
        return result;
    }
}
