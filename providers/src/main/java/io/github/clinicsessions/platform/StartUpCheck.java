package io.github.clinicsessions.platform;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Says once per start, in the log and in the Admin Console's server info, whether the server's options are as recommended.
 * It only reports, and never keeps a server from starting. Holds what it found, set once.
 */
public final class StartUpCheck {

    private static final Logger LOG = Logger.getLogger(StartUpCheck.class);

    /** As in Keycloak's DefaultHttpClientFactory, which has no constants for them. */
    private static final long KEYCLOAKS_SOCKET_TIMEOUT_MILLIS = 5_000;

    private static final long KEYCLOAKS_CONNECT_TIMEOUT_MILLIS = -1;

    /** A start must not read tens of thousands of clients for a hint; those beyond it are not looked at. */
    private static final int CLIENTS_AT_MOST = 1_000;

    private volatile Map<String, String> shown = Map.of("start-up check", "not run yet");

    private StartUpCheck() {}

    /** Runs as soon as the server has migrated its database and imported its realms. */
    public static StartUpCheck whenStarted(KeycloakSessionFactory factory) {
        StartUpCheck check = new StartUpCheck();
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                check.run(factory);
            }
        });
        return check;
    }

    /** For {@link ServerInfoAwareProviderFactory#getOperationalInfo()}; neither secrets nor names of realms. */
    public Map<String, String> shown() {
        return shown;
    }

    private void run(KeycloakSessionFactory factory) {
        try {
            Transactions.inBackground(factory, session -> report(read(session)));
        } catch (RuntimeException e) {
            shown = Map.of("start-up check", "failed, see the server's log");
            LOG.warn("the server's options could not be compared with the recommended ones", e);
        }
    }

    private void report(RecommendedOptions options) {
        shown = options.shown();
        List<String> advice = options.advice();
        if (advice.isEmpty()) {
            LOG.info("clinic-sessions: the server's options are as recommended");
        } else {
            LOG.warnf("clinic-sessions: not as recommended (see docs/operations.md): %s", String.join("; ", advice));
        }
    }

    private static RecommendedOptions read(KeycloakSession session) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        Config.Scope http = Config.scope(
                "connectionsHttpClient",
                factory.getProviderFactory(HttpClientProvider.class).getId());
        List<RealmModel> realms =
                session.realms().getRealmsStream().filter(RealmSwitch::isOn).toList();
        return new RecommendedOptions(
                useCaches(factory),
                http.getLong("socket-timeout-millis", KEYCLOAKS_SOCKET_TIMEOUT_MILLIS),
                http.getLong("establish-connection-timeout-millis", KEYCLOAKS_CONNECT_TIMEOUT_MILLIS),
                realms.size(),
                realms.stream()
                        .filter(StartUpCheck::hasLongTokens)
                        .map(RealmModel::getName)
                        .sorted()
                        .toList());
    }

    /** Null with session providers that know of no such caches. */
    private static @Nullable Boolean useCaches(KeycloakSessionFactory factory) {
        String value =
                factory.getProviderFactory(UserSessionProvider.class) instanceof ServerInfoAwareProviderFactory aware
                        ? aware.getOperationalInfo().get("useCaches")
                        : null;
        return value == null ? null : Boolean.valueOf(value);
    }

    private static boolean hasLongTokens(RealmModel realm) {
        Stream<String> ofRealm = Stream.of(
                String.valueOf(realm.getAccessTokenLifespan()),
                String.valueOf(realm.getAccessTokenLifespanForImplicitFlow()));
        Stream<String> ofClients = realm.getClientsStream(0, CLIENTS_AT_MOST)
                .map(client -> client.getAttribute(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN))
                .filter(Objects::nonNull);
        return Stream.concat(ofRealm, ofClients).anyMatch(LongLifespans::isLong);
    }
}
