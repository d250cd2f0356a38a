package io.github.clinicsessions.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.events.Details;
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
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells clients that a session has ended. The messages are made while the session is still there (a logout token needs its
 * notes) and sent after its removal has committed: OpenID Connect clients in parallel and without anyone waiting, all others
 * (SAML, identity providers, per-host URLs) by Keycloak's own code, one after the other.
 */
final class ClientNotices {

    private static final Logger LOG = Logger.getLogger(ClientNotices.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientNotices(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** What is to be told about the sessions of one id. A client that cannot be told is logged and left out. */
    List<ClientNotice> of(List<UserSessionModel> models) {
        List<ClientNotice> notices = new ArrayList<>();
        Set<String> clients = new HashSet<>(); // one may be in the online and in the offline session
        for (UserSessionModel model : models) {
            model.getAuthenticatedClientSessions().forEach((client, clientSession) -> {
                ClientNotice notice = clients.contains(client) ? null : of(model, clientSession);
                if (notice != null) {
                    clients.add(client);
                    notices.add(notice);
                }
            });
        }
        ClientNotice broker = broker(models.get(0));
        if (broker != null) {
            notices.add(broker);
        }
        return notices;
    }

    /** Sends them; returns without waiting for OpenID Connect clients. One that fails does not keep the others. */
    void send(List<ClientNotice> notices) {
        NoticeSender sender = SessionEventListenerFactory.sender(session);
        HttpClientProvider http = session.getProvider(HttpClientProvider.class);
        for (ClientNotice notice : notices) {
            Runnable telling = notice.telling();
            if (telling == null) {
                sender.send(http, notice);
            } else {
                tell(notice.clientId(), telling);
            }
        }
    }

    private void tell(String clientId, Runnable telling) {
        ClientModel before = session.getContext().getClient();
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s was not told of a sign-out", clientId);
        } finally {
            session.getContext().setClient(before);
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
        if (AuthenticationSessionModel.Action.LOGGED_OUT.name().equals(clientSession.getAction())) {
            return null; // it has signed out by itself
        }
        try {
            if (!protocol.equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
                return ClientNotice.byProtocol(client.getClientId(), () -> byProtocol(protocol, model, clientSession));
            }
            String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
            if (url == null) {
                // Old adapters have an admin URL, which Keycloak's own code knows how to call.
                String managementUrl = client.getManagementUrl();
                return managementUrl == null || managementUrl.isBlank()
                        ? null
                        : ClientNotice.byProtocol(
                                client.getClientId(), () -> byProtocol(protocol, model, clientSession));
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
        session.getProvider(LoginProtocol.class, protocol)
                .setRealm(realm)
                .setHttpHeaders(session.getContext().getHttpRequest().getHttpHeaders())
                .setUriInfo(session.getContext().getUri())
                .backchannelLogout(model, clientSession);
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
            }
        });
    }
}
