package io.github.clinicsessions.geo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * The provider {@code maxmind}: countries from a file in MaxMind's format. Holds what is loaded, and a thread of its own that looks
 * whether the file has changed, as a disk that hangs must hold up nobody; both are set once, before the first request.
 */
public final class MaxmindFactory implements GeoProviderFactory, ServerInfoAwareProviderFactory {

    private static final Logger LOG = Logger.getLogger(MaxmindFactory.class);
    private static final int DEFAULT_SECONDS = 60;

    private volatile @Nullable DatabaseFile file;
    private volatile @Nullable Attribution attribution;
    private volatile Duration interval = Duration.ofSeconds(DEFAULT_SECONDS);
    private volatile @Nullable ScheduledExecutorService watch;

    @Override
    public GeoProvider create(KeycloakSession session) {
        DatabaseFile configured = file;
        CountryData data = configured == null ? null : configured.current();
        return data == null ? new NoCountries() : new DatabaseCountries(data, attribution);
    }

    /**
     * Options {@code database} (a file; without one no country is known), {@code reload-interval} (seconds between looks whether it
     * has changed, 1 or more, 60 by default), {@code attribution-text} and {@code attribution-url} (in place of what the database's
     * maker demands).
     */
    @Override
    public void init(Config.Scope config) {
        String path = config.get("database");
        if (path == null || path.isBlank()) {
            return;
        }
        file = new DatabaseFile(Path.of(path.strip()), MmdbCountries::load, Clock.systemUTC());
        interval = Duration.ofSeconds(Math.max(1, config.getInt("reloadInterval", DEFAULT_SECONDS)));
        try {
            attribution = Attributions.of(config.get("attributionText"), config.get("attributionUrl"))
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            LOG.warnf("the options for the attribution of countries count as absent: %s", e.getMessage());
        }
    }

    /** Loads at once, so that the first to sign in is somewhere too. */
    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (file == null) {
            return;
        }
        refresh();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "clinic-geo");
            named.setDaemon(true);
            return named;
        });
        var unused = thread.scheduleWithFixedDelay(
                this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        watch = thread;
    }

    private void refresh() {
        try {
            Objects.requireNonNull(file).refresh();
        } catch (RuntimeException | OutOfMemoryError e) { // the next look may go better
            LOG.error("the database of countries is left as it is", e);
        }
    }

    /** What the Admin Console shows of this provider in the server info; read anew each time. */
    @Override
    public Map<String, String> getOperationalInfo() {
        Map<String, String> shown = new LinkedHashMap<>();
        DatabaseFile configured = file;
        CountryData data = configured == null ? null : configured.current();
        shown.put("database", configured == null ? "none" : data == null ? "not loaded" : data.type());
        if (data != null) {
            shown.put("built", data.built().toString());
        }
        return shown;
    }

    @Override
    public void close() {
        ScheduledExecutorService thread = watch;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Above {@code none}. Keycloak chooses when it is built, when options of the start are not known yet. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getId() {
        return "maxmind";
    }
}
