package io.github.clinicsessions.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.keycloak.Config;

/**
 * Where and how long rows wait on the disk: options {@code --spi-events-listener--clinic-sessions--…}.
 *
 * @param folder {@code spool-dir}; a relative one, and the default, are below Keycloak's home
 * @param longestPause {@code spool-retry-interval} in seconds, at least 1, 60 by default: pauses between two attempts grow
 *     up to it
 */
public record SpoolOptions(Path folder, Duration longestPause) {

    private static final String DEFAULT_FOLDER = "data/clinic-sessions-spool";
    private static final int DEFAULT_SECONDS = 60;

    /** As Keycloak's start script sets it; without it the folder is below the working directory. */
    private static final String HOME = "kc.home.dir";

    public static SpoolOptions of(Config.Scope config) {
        return of(config, Path.of(System.getProperty(HOME, "")));
    }

    static SpoolOptions of(Config.Scope config, Path home) {
        String folder = config.get("spoolDir", DEFAULT_FOLDER);
        return new SpoolOptions(
                home.resolve(folder.isBlank() ? DEFAULT_FOLDER : folder),
                Duration.ofSeconds(Math.max(1, config.getInt("spoolRetryInterval", DEFAULT_SECONDS))));
    }
}
