package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;

/** Where and how long rows wait: defaults, and what an operator may set. */
class SpoolOptionsTest {

    private static final Path HOME = Path.of("/opt/keycloak");

    private final Map<String, String> values = new TreeMap<>();

    @Test
    void withoutOptionsItIsBelowKeycloaksData() {
        assertThat(options())
                .isEqualTo(
                        new SpoolOptions(Path.of("/opt/keycloak/data/clinic-sessions-spool"), Duration.ofSeconds(60)));
    }

    @Test
    void aFolderMayBeRelativeToTheHomeOrNot() {
        values.put("spoolDir", "elsewhere");
        assertThat(options().folder()).isEqualTo(Path.of("/opt/keycloak/elsewhere"));
        values.put("spoolDir", "/var/spool/clinic");
        assertThat(options().folder()).isEqualTo(Path.of("/var/spool/clinic"));
        values.put("spoolDir", " ");
        assertThat(options().folder())
                .as("never the home itself")
                .isEqualTo(HOME.resolve("data/clinic-sessions-spool"));
    }

    @Test
    void thePauseIsASecondAtLeast() {
        values.put("spoolRetryInterval", "5");
        assertThat(options().longestPause()).isEqualTo(Duration.ofSeconds(5));
        values.put("spoolRetryInterval", "0");
        assertThat(options().longestPause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void optionsAndCountersAreDocumented() throws IOException {
        var document = Files.readString(Path.of("..", "docs", "operations.md"));

        assertThat(document).contains("`spool-dir`", "`data/clinic-sessions-spool`", "`spool-retry-interval`");
        assertThat(LedgerCounters.SHOWN)
                .allSatisfy(shown -> assertThat(document).contains("`" + shown + "`"));
    }

    private SpoolOptions options() {
        return SpoolOptions.of(new Values(values), HOME);
    }

    /** Keycloak's own reader of values, over a map. */
    private static final class Values extends Config.AbstractScope {

        private final Map<String, String> values;

        Values(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public @Nullable String get(String key) {
            return values.get(key);
        }

        @Override
        public Config.Scope scope(String... scope) {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // the interface still wants it
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Config.Scope root() {
            return this;
        }
    }
}
