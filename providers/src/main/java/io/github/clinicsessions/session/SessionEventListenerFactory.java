package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.SpoolOptions;
import io.github.clinicsessions.platform.ClusterTask;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.StartUpCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * The event listener {@value RealmSwitch#LISTENER_ID}, which is also the switch of a realm. Holds the one queue, the one
 * sender, the places for work in the background, the one buffer of beats and the memories of known sessions of this server; options, queue, sender, the thread
 * that stores beats and start-up check are set once, before the first request.
 */
public final class SessionEventListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

    private static final int NOTICE_SECONDS = 5;

    private volatile @Nullable SpoolOptions spool;
    private volatile @Nullable LedgerQueue queue;
    private volatile @Nullable StartUpCheck check;
    private volatile @Nullable NoticeSender sender;
    private volatile Duration noticeInterval = Duration.ofSeconds(NOTICE_SECONDS);
    private final Background background = new Background(2, 10_000);
    private final Background sightings = new Background(1, 1_000);
    private final Background arrivals = new Background(2, 10_000);
    private final ActivityBuffer activity = new ActivityBuffer(ActivityBuffer.CAPACITY);
    private final StoredActivity storedActivity = new StoredActivity();
    private volatile @Nullable ActivityWriter activityWriter;
    private final KnownSessions known = new KnownSessions(System::nanoTime);
    private final KnownSessions judged = new KnownSessions(System::nanoTime);

    /** The one sender of this server. */
    static NoticeSender sender(KeycloakSession session) {
        return Objects.requireNonNull(of(session.getKeycloakSessionFactory()).sender);
    }

    /** The one queue of this server to the ledger. */
    static LedgerQueue queue(KeycloakSession session) {
        return Objects.requireNonNull(of(session.getKeycloakSessionFactory()).queue);
    }

    /** The one place of this server for what follows a request. */
    static Background background(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).background;
    }

    /** The one place of this server for sessions that are seen: their number must not keep what matters more. */
    static Background sightings(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).sightings;
    }

    /** The one place of this server where sign-ins are judged. */
    static Background arrivals(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).arrivals;
    }

    /** The one place of this server for reports of humans that are not in the database yet. */
    static ActivityBuffer activity(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).activity;
    }

    /** What this server knows to be in the database of those. */
    static StoredActivity storedActivity(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).storedActivity;
    }

    /** Stores them. */
    static ActivityWriter activityWriter(KeycloakSession session) {
        return Objects.requireNonNull(of(session.getKeycloakSessionFactory()).activityWriter);
    }

    /** What this server takes for known. */
    static KnownSessions known(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).known;
    }

    private static SessionEventListenerFactory of(KeycloakSessionFactory factory) {
        return (SessionEventListenerFactory)
                factory.getProviderFactory(EventListenerProvider.class, RealmSwitch.LISTENER_ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SessionEventListener(session, Objects.requireNonNull(queue), known, judged);
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID;
    }

    /**
     * Options {@code notice-interval} (seconds, 1 or more, between looks for clients that are still to be told) and {@code
     * notice-pauses}, see {@link NoticePauses}.
     */
    @Override
    public void init(Config.Scope config) {
        spool = SpoolOptions.of(config);
        noticeInterval = Duration.ofSeconds(Math.max(1, config.getInt("noticeInterval", NOTICE_SECONDS)));
        sender = new NoticeSender(NoticePauses.parse(config.get("noticePauses")));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        queue = LedgerQueue.start(factory, Objects.requireNonNull(spool));
        activityWriter = ActivityWriter.start(activity, BeatSink.registry(factory));
        check = StartUpCheck.whenStarted(factory);
        NoticeRetries retries = new NoticeRetries(Objects.requireNonNull(sender));
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                ClusterTask.schedule(factory, "clinic-end-notices", noticeInterval, retries::run);
            }
        });
    }

    /** What the Admin Console shows of this provider in the server info; read anew each time. */
    @Override
    public Map<String, String> getOperationalInfo() {
        Map<String, String> shown = new LinkedHashMap<>();
        StartUpCheck checked = check;
        if (checked != null) {
            shown.putAll(checked.shown());
        }
        LedgerQueue running = queue;
        if (running != null) {
            shown.putAll(running.shown());
        }
        return shown;
    }

    /** So that the database is still there when this is closed: what waits is stored then. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        LedgerQueue running = queue;
        if (running != null) {
            running.close();
        }
        NoticeSender telling = sender;
        if (telling != null) {
            telling.close();
        }
        ActivityWriter storing = activityWriter;
        if (storing != null) {
            storing.close();
        }
        background.close();
        sightings.close();
        arrivals.close();
    }
}
