package io.github.clinicsessions.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Keycloak that somebody started; closing it ends it and everything that was started with it. */
interface Launch extends AutoCloseable {

    /** Only of tests, which cannot wait minutes for what is done in the background; a container takes the same. */
    List<String> TEST_OPTIONS = List.of(
            "--spi-clinic-ledger--jpa--seal-interval=2",
            "--spi-clinic-ledger--jpa--retention-interval=3",
            "--spi-events-listener--clinic-sessions-registry--finish-interval=2",
            "--spi-events-listener--clinic-sessions-registry--vanished-interval=2",
            "--spi-events-listener--clinic-sessions--notice-interval=1",
            "--spi-events-listener--clinic-sessions--notice-pauses=1,1,2",
            "--spi-jpa-entity-provider--clinic-registry--cleaning-interval=2",
            // Keycloak's shortest: how often it looks for expired sessions, 180 s by default
            "--spi-user-sessions--infinispan--session-expiration-period=60");

    /** Without a slash at the end. */
    String url();

    Database database();

    /** Everything the server logged, SQL statements included; {@code null} where there is no such file. */
    @Nullable
    Path log();

    /**
     * A further server on the same database, for what happens at a start; its caches know nothing of the first one's. Empty
     * where there is no such thing.
     */
    default Optional<Launch> another() {
        return Optional.empty();
    }

    /**
     * A further node of this server's cluster, see {@link ServerOptions#clustered()}; its tokens are issued in this one's name.
     * Whoever asks closes it, before the first node. Empty where there is no such thing.
     */
    default Optional<Launch> second() {
        return Optional.empty();
    }

    /** To stop, to kill and to begin again; empty where that cannot be done. */
    default Optional<KeycloakProcess> process() {
        return Optional.empty();
    }

    @Override
    void close();
}
