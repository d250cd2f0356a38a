package io.github.clinicsessions.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of bounds, and what the documents say of it. */
class BoundsTest {

    @Test
    void everyBoundIsDocumented() {
        String configuration = read("configuration.md");

        assertThat(Stream.concat(Bounds.OF_REALM.stream(), Bounds.OF_CLIENTS.stream())
                        .map(Bound::setting))
                .hasSizeGreaterThan(3)
                .doesNotHaveDuplicates()
                .allSatisfy(setting -> assertThat(configuration).contains("`" + setting + "`"));
    }

    @Test
    void aNameSaysItsUnit() {
        assertThat(Stream.concat(Bounds.OF_REALM.stream(), Bounds.OF_CLIENTS.stream()))
                .allSatisfy(bound -> assertThat(bound.unit()).isEqualTo(unitOf(bound.setting())));
    }

    @Test
    void theLedgersDetailsAreDocumented() {
        Map<String, String> ofClient = new Correction(
                        "access.token.lifespan", Bound.Governs.ACCESS_TOKENS, Bound.Unit.SECONDS, "app", -1L, 120)
                .details();
        Map<String, String> ofRealm = new Correction(
                        "clinicSessions.idleTimeoutMinutes",
                        Bound.Governs.OTHER_BOUNDS,
                        Bound.Unit.MINUTES,
                        null,
                        600L,
                        240)
                .details();

        assertThat(ofClient)
                .containsExactly(
                        Map.entry("setting", "access.token.lifespan"),
                        Map.entry("client", "app"),
                        Map.entry("tried", "-1"),
                        Map.entry("inForce", "120"),
                        Map.entry("unit", "seconds"));
        assertThat(ofRealm)
                .containsOnlyKeys("setting", "tried", "inForce", "unit")
                .containsEntry("unit", "minutes");
        assertThat(new Correction("x", Bound.Governs.OTHER_BOUNDS, Bound.Unit.MINUTES, null, null, 30).details())
                .as("where nothing was")
                .doesNotContainKey("tried");
        String events = read("events.md");
        assertThat(ofClient.keySet()).allSatisfy(name -> assertThat(events).contains("\"" + name + "\":"));
    }

    private static Bound.Unit unitOf(String setting) {
        if (setting.endsWith("Hours")) {
            return Bound.Unit.HOURS;
        }
        return setting.endsWith("Minutes") ? Bound.Unit.MINUTES : Bound.Unit.SECONDS;
    }

    private static String read(String document) {
        try {
            return Files.readString(Path.of("..", "docs", document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
