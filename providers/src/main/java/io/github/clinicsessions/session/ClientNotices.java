package io.github.clinicsessions.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.message.BasicNameValuePair;
import org.apache.http.util.EntityUtils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.events.Details;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.ResourceAdminManager;
import org.keycloak.services.resources.IdentityBrokerService;

/**
 * Tells clients that a session has ended. The messages are made while the session is still there (a logout token needs its
 * notes) and sent after its removal has committed: OpenID Connect clients in parallel and without anyone waiting, all others
 * (SAML, identity providers, per-host URLs) by Keycloak's own code, one after the other.
 */
final class ClientNotices {

    private static final Logger LOG = Logger.getLogger(ClientNotices.class);
    private static final RequestConfig TIMEOUTS = RequestConfig.custom()
            .setConnectionRequestTimeout(5_000)
            .setConnectTimeout(2_000)
            .setSocketTimeout(5_000)
            .setRedirectsEnabled(false)
            .build();

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientNotices(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** What is to be told about the sessions of one id. A client that cannot be told is logged and left out. */
    List<ClientNotice> of(List<UserSessionModel> models) {
        List<ClientNotice> notices = new ArrayList<>();
        for (UserSessionModel model : models) {
            for (AuthenticatedClientSessionModel clientSession :
                    model.getAuthenticatedClientSessions().values()) {
                ClientNotice notice = of(model, clientSession);
                if (notice != null) {
                    notices.add(notice);
                }
            }
        }
        ClientNotice broker = broker(models.get(0));
        if (broker != null) {
            notices.add(broker);
        }
        return notices;
    }

    /** Sends them; returns without waiting for OpenID Connect clients. */
    void send(List<ClientNotice> notices) {
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("clinic-sessions-logout");
        HttpClientProvider http = session.getProvider(HttpClientProvider.class);
        for (ClientNotice notice : notices) {
            Runnable telling = notice.telling();
            if (telling != null) {
                telling.run();
                continue;
            }
            HttpPost post = request(notice);
            try {
                executor.execute(() -> post(http, post, notice.clientId()));
            } catch (RejectedExecutionException e) {
                LOG.warnf("client %s is not told of a sign-out: the server is stopping", notice.clientId());
            }
        }
    }

    private @Nullable ClientNotice of(UserSessionModel model, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        String protocol = clientSession.getProtocol();
        // A client that signs out by the browser alone cannot be told from here; "no protocol" is Keycloak's own
        // service.
        if (client == null || !client.isEnabled() || client.isFrontchannelLogout() || protocol == null) {
            return null;
        }
        try {
            if (!protocol.equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
                return ClientNotice.byProtocol(client.getClientId(), () -> byProtocol(protocol, model, clientSession));
            }
            String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
            if (url == null) {
                return null;
            }
            return url.contains(ResourceAdminManager.CLIENT_SESSION_HOST_PROPERTY)
                    ? ClientNotice.byProtocol(client.getClientId(), () -> byProtocol(protocol, model, clientSession))
                    : ClientNotice.backchannel(client.getClientId(), url, token(model, client, clientSession));
        } catch (RuntimeException e) {
            LOG.warnf(e, "client %s cannot be told of a sign-out", client.getClientId());
            return null;
        }
    }

    private String token(UserSessionModel model, ClientModel client, AuthenticatedClientSessionModel clientSession) {
        ClientModel before = session.getContext().getClient();
        try {
            // The token is signed with the algorithm of the context's client.
            session.getContext().setClient(client);
            UserModel user = Objects.requireNonNull(model.getUser());
            return session.tokens().encode(session.tokens().initLogoutToken(client, user, clientSession));
        } finally {
            session.getContext().setClient(before);
        }
    }

    private void byProtocol(String protocol, UserSessionModel model, AuthenticatedClientSessionModel clientSession) {
        ClientModel before = session.getContext().getClient();
        try {
            session.getProvider(LoginProtocol.class, protocol)
                    .setRealm(realm)
                    .setHttpHeaders(session.getContext().getHttpRequest().getHttpHeaders())
                    .setUriInfo(session.getContext().getUri())
                    .backchannelLogout(model, clientSession);
        } catch (RuntimeException e) {
            LOG.warnf(e, "a %s client was not told of a sign-out", protocol);
        } finally {
            session.getContext().setClient(before);
        }
    }

    private @Nullable ClientNotice broker(UserSessionModel model) {
        String alias = model.getNote(Details.IDENTITY_PROVIDER);
        if (alias == null) {
            return null;
        }
        return ClientNotice.byProtocol(alias, () -> {
            try {
                UserAuthenticationIdentityProvider<?> provider =
                        IdentityBrokerService.getIdentityProvider(session, alias);
                if (provider != null) {
                    provider.backchannelLogout(
                            session, model, session.getContext().getUri(), realm);
                }
            } catch (IdentityBrokerException e) {
                LOG.warnf(e, "identity provider %s was not told of a sign-out", alias);
            } catch (RuntimeException e) {
                LOG.warnf(e, "identity provider %s did not take the sign-out", alias);
            }
        });
    }

    private static HttpPost request(ClientNotice notice) {
        HttpPost post = new HttpPost(Objects.requireNonNull(notice.url()));
        post.setConfig(TIMEOUTS);
        post.setEntity(new UrlEncodedFormEntity(
                List.of(new BasicNameValuePair(OAuth2Constants.LOGOUT_TOKEN, notice.logoutToken())),
                StandardCharsets.UTF_8));
        return post;
    }

    private static void post(HttpClientProvider http, HttpPost post, String clientId) {
        try (CloseableHttpResponse response = http.getHttpClient().execute(post)) {
            EntityUtils.consumeQuietly(response.getEntity());
            int status = response.getStatusLine().getStatusCode();
            if (status != 200 && status != 204) {
                LOG.warnf("client %s answered its sign-out with %d", clientId, status);
            }
        } catch (IOException e) {
            LOG.warnf("client %s was not reached for its sign-out: %s", clientId, e.toString());
        }
    }
}
