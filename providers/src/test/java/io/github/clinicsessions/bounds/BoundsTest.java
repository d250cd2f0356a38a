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
    void theLedgersDetailsAreDocumented() {
        Map<String, String> ofClient =
                new Correction("access.token.lifespan", Bound.Governs.ACCESS_TOKENS, "app", -1, 120).details();
        Map<String, String> ofRealm =
                new Correction("accessTokenLifespan", Bound.Governs.ACCESS_TOKENS, null, 600, 120).details();

        assertThat(ofClient)
                .containsExactly(
                        Map.entry("setting", "access.token.lifespan"),
                        Map.entry("client", "app"),
                        Map.entry("tried", "-1"),
                        Map.entry("inForce", "120"));
        assertThat(ofRealm).containsOnlyKeys("setting", "tried", "inForce");
        String events = read("events.md");
        assertThat(ofClient.keySet()).allSatisfy(name -> assertThat(events).contains("\"" + name + "\":"));
    }

    private static String read(String document) {
        try {
            return Files.readString(Path.of("..", "docs", document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
