package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.TokenLifetimes;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.session.SessionNotices.Telling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
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
 * What clients are to be told of a session's end, made while the session is still there: a logout token needs its notes.
 * OpenID Connect clients are told afterwards by {@link NoticeSender}, all others (SAML, identity providers, per-host URLs) by
 * Keycloak's own code, one after the other, in the request, whose models that takes.
 */
final class ClientNotices {

    private static final Logger LOG = Logger.getLogger(ClientNotices.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientNotices(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Of the sessions of one id.
     *
     * @param models the online and the offline one, at least one of them
     */
    SessionNotices of(List<UserSessionModel> models) {
        Map<String, ClientNotice> notices = new LinkedHashMap<>();
        List<Telling> tellings = new ArrayList<>();
        for (UserSessionModel model : models) {
            model.getAuthenticatedClientSessions().values().stream()
                    .filter(clientSession -> clientSession.getClient() != null) // else it has been deleted since
                    .forEach(clientSession -> notices.computeIfAbsent(
                            clientSession.getClient().getId(), id -> of(model, clientSession, tellings)));
        }
        if (notices.isEmpty()) {
            notices.put("", notice(null, EndNotice.State.NOT_TOLD, null));
        }
        Telling broker = broker(models.get(0));
        if (broker != null) {
            tellings.add(broker);
        }
        return new SessionNotices(List.copyOf(notices.values()), tellings);
    }

    /** Has Keycloak's code tell what is its part. One that fails does not keep the others. */
    void tell(List<Telling> tellings) {
        ClientModel before = session.getContext().getClient();
        for (Telling telling : tellings) {
            try {
                telling.run().run();
            } catch (RuntimeException e) {
                LOG.warnf(e, "%s was not told of a sign-out", telling.who());
            } finally {
                session.getContext().setClient(before);
            }
        }
    }

    private ClientNotice of(
            UserSessionModel model, AuthenticatedClientSessionModel clientSession, List<Telling> tellings) {
        ClientModel client = clientSession.getClient();
        try {
            return switch (wayTo(client, clientSession)) {
                case NONE -> notice(client, EndNotice.State.NOT_TOLD, null);
                case BACKCHANNEL -> {
                    UserModel user = Objects.requireNonNull(model.getUser());
                    String claims = new LogoutTokens(session).claims(client, user, clientSession);
                    yield notice(client, EndNotice.State.WAITING, claims);
                }
                case PROTOCOL -> {
                    tellings.add(new Telling("client " + client.getClientId(), () -> byProtocol(model, clientSession)));
                    yield notice(client, EndNotice.State.BY_KEYCLOAK, null);
                }
            };
        } catch (RuntimeException e) {
            LOG.warnf(e, "client %s cannot be told of a sign-out", client.getClientId());
            return notice(client, EndNotice.State.NOT_TOLD, null);
        }
    }

    private enum Way {
        NONE,
        BACKCHANNEL,
        PROTOCOL
    }

    private Way wayTo(ClientModel client, AuthenticatedClientSessionModel clientSession) {
        String protocol = clientSession.getProtocol();
        // A client that signs out by the browser alone cannot be told from here; "no protocol" is Keycloak's own
        // service.
        if (!client.isEnabled() || client.isFrontchannelLogout() || protocol == null) {
            return Way.NONE;
        }
        if (AuthenticationSessionModel.Action.LOGGED_OUT.name().equals(clientSession.getAction())) {
            return Way.NONE; // it has signed out by itself
        }
        if (!protocol.equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
            return Way.PROTOCOL;
        }
        String url = ResourceAdminManager.getBackchannelLogoutUrl(session, client);
        if (url == null) {
            // Old adapters have an admin URL, which Keycloak's own code knows how to call.
            String managementUrl = client.getManagementUrl();
            return managementUrl == null || managementUrl.isBlank() ? Way.NONE : Way.PROTOCOL;
        }
        return url.contains(ResourceAdminManager.CLIENT_SESSION_HOST_PROPERTY) ? Way.PROTOCOL : Way.BACKCHANNEL;
    }

    private ClientNotice notice(@Nullable ClientModel client, EndNotice.State state, @Nullable String claims) {
        List<ClientModel> clients = client == null ? List.of() : List.of(client);
        return new ClientNotice(
                client == null ? null : client.getId(),
                client == null ? null : client.getClientId(),
                state,
                claims,
                TokenLifetimes.latestExpiry(realm, clients).toEpochMilli());
    }

    private void byProtocol(UserSessionModel model, AuthenticatedClientSessionModel clientSession) {
        session.getProvider(LoginProtocol.class, clientSession.getProtocol())
                .setRealm(realm)
                .setHttpHeaders(session.getContext().getHttpRequest().getHttpHeaders())
                .setUriInfo(session.getContext().getUri())
                .backchannelLogout(model, clientSession);
    }

    private @Nullable Telling broker(UserSessionModel model) {
        String alias = model.getNote(Details.IDENTITY_PROVIDER);
        if (alias == null) {
            return null;
        }
        return new Telling("identity provider " + alias, () -> {
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
