package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.SpoolOptions;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.StartUpCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * The event listener {@value RealmSwitch#LISTENER_ID}, which is also the switch of a realm. Holds the one queue, the one
 * sender, the one background and the memory of known sessions of this server; options, queue and start-up check are set once,
 * before the first request.
 */
public final class SessionEventListenerFactory implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

    private volatile @Nullable SpoolOptions spool;
    private volatile @Nullable LedgerQueue queue;
    private volatile @Nullable StartUpCheck check;
    private final NoticeSender sender = new NoticeSender();
    private final Background background = new Background();
    private final KnownSessions known = new KnownSessions();

    /** The one sender of this server. */
    static NoticeSender sender(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).sender;
    }

    /** The one queue of this server to the ledger. */
    static LedgerQueue queue(KeycloakSession session) {
        return Objects.requireNonNull(of(session.getKeycloakSessionFactory()).queue);
    }

    /** The one place of this server for what follows a request. */
    static Background background(KeycloakSession session) {
        return of(session.getKeycloakSessionFactory()).background;
    }

    private static SessionEventListenerFactory of(KeycloakSessionFactory factory) {
        return (SessionEventListenerFactory)
                factory.getProviderFactory(EventListenerProvider.class, RealmSwitch.LISTENER_ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SessionEventListener(session, Objects.requireNonNull(queue), known);
    }

    @Override
    public String getId() {
        return RealmSwitch.LISTENER_ID;
    }

    @Override
    public void init(Config.Scope config) {
        spool = SpoolOptions.of(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        queue = LedgerQueue.start(factory, Objects.requireNonNull(spool));
        check = StartUpCheck.whenStarted(factory);
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

    @Override
    public void close() {
        LedgerQueue running = queue;
        if (running != null) {
            running.close();
        }
        sender.close();
        background.close();
    }
}
