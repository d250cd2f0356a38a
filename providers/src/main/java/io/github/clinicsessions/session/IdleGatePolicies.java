package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.context.TokenExchangeRequestContext;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRevokeContext;
import org.keycloak.services.clientpolicy.context.UserInfoRequestContext;

/**
 * Keycloak's own manager of client policies, and before it the {@link IdleGate}: Keycloak calls it in each request of a client, most
 * often before it looks at the session. A session that is over has ended then, and Keycloak answers in its own words; only where it
 * has the session in its hands already is the request refused here. Before a client revokes its token, what its use of the session has
 * told is kept.
 */
final class IdleGatePolicies implements ClientPolicyManager {

    private static final Logger LOG = Logger.getLogger(IdleGatePolicies.class);

    private final KeycloakSession session;
    private final ClientPolicyManager delegate;

    IdleGatePolicies(KeycloakSession session, ClientPolicyManager delegate) {
        this.session = session;
        this.delegate = delegate;
    }

    @Override
    public void triggerOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        boolean refused = isRefused(context);
        delegate.triggerOnEvent(context);
        if (refused) {
            boolean byToken = context instanceof UserInfoRequestContext;
            throw new ClientPolicyException(
                    byToken ? OAuthErrorException.INVALID_TOKEN : OAuthErrorException.INVALID_GRANT,
                    "Session not active",
                    byToken ? Response.Status.UNAUTHORIZED : Response.Status.BAD_REQUEST);
        }
    }

    private boolean isRefused(ClientPolicyContext context) {
        try {
            RealmModel realm = session.getContext().getRealm();
            if (realm == null || !RealmSwitch.isOn(realm)) {
                return false;
            }
            IdleGate gate = new IdleGate(session);
            if (context instanceof TokenRevokeContext revocation) {
                keepUse(realm, gate, revocation);
                return false;
            }
            return switch (gate.look(realm, sessionOf(context, gate))) {
                case LIVES -> false;
                case ENDED -> isInHand(context);
                case STILL_THERE -> true;
            };
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s goes on without a look at the session", context.getEvent());
            return false;
        }
    }

    /** Keycloak is about to forget when the client was used. It checks the token later, but the client it has authenticated. */
    private void keepUse(RealmModel realm, IdleGate gate, TokenRevokeContext revocation) {
        String sessionId = gate.ofToken(revocation.getParams().getFirst("token"));
        UserSessionModel online = sessionId == null || !SessionRef.isWellFormedId(sessionId)
                ? null
                : session.sessions().getUserSession(realm, sessionId);
        if (online != null) {
            new HumanActivity(session).keepUse(realm, online, revocation.getClient());
        }
    }

    /** Whether Keycloak has looked the session up before it told us, and does not look again. */
    private static boolean isInHand(ClientPolicyContext context) {
        return context instanceof UserInfoRequestContext;
    }

    private @Nullable String sessionOf(ClientPolicyContext context, IdleGate gate) {
        if (context instanceof TokenRefreshContext refresh) {
            return gate.ofToken(refresh.getParams().getFirst(OAuth2Constants.REFRESH_TOKEN));
        }
        if (context instanceof TokenIntrospectContext introspection) {
            return gate.ofToken(introspection.getParams().getFirst("token"));
        }
        if (context instanceof UserInfoRequestContext userInfo) {
            return ofClientSession(userInfo.getClientSession());
        }
        if (context instanceof TokenExchangeRequestContext exchange) {
            return gate.ofToken(exchange.getTokenExchangeContext().getParams().getSubjectToken());
        }
        return switch (context.getEvent()) {
            case PRE_TOKEN_REQUEST -> ofCode();
            case PRE_AUTHORIZATION_REQUEST, SAML_AUTHN_REQUEST -> gate.ofCookie();
            default -> null;
        };
    }

    private static @Nullable String ofClientSession(@Nullable AuthenticatedClientSessionModel clientSession) {
        return clientSession == null || clientSession.getUserSession() == null
                ? null
                : clientSession.getUserSession().getId();
    }

    /** The second part of an authorization code: {@code OAuth2CodeParser}. */
    private @Nullable String ofCode() {
        String code =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.CODE);
        String[] parts = code == null ? new String[0] : code.split("\\.", 3);
        return parts.length == 3 ? parts[1] : null;
    }

    @Override
    public void setupClientPoliciesOnCreatedRealm(RealmModel realm) {
        delegate.setupClientPoliciesOnCreatedRealm(realm);
    }

    @Override
    public void updateRealmModelFromRepresentation(RealmModel realm, RealmRepresentation representation) {
        delegate.updateRealmModelFromRepresentation(realm, representation);
    }

    @Override
    public void updateClientProfiles(RealmModel realm, ClientProfilesRepresentation profiles)
            throws ClientPolicyException {
        delegate.updateClientProfiles(realm, profiles);
    }

    @Override
    public ClientProfilesRepresentation getClientProfiles(RealmModel realm, boolean includeGlobalProfiles)
            throws ClientPolicyException {
        return delegate.getClientProfiles(realm, includeGlobalProfiles);
    }

    @Override
    public void updateClientPolicies(RealmModel realm, ClientPoliciesRepresentation policies)
            throws ClientPolicyException {
        delegate.updateClientPolicies(realm, policies);
    }

    @Override
    public ClientPoliciesRepresentation getClientPolicies(RealmModel realm, boolean includeGlobalPolicies)
            throws ClientPolicyException {
        return delegate.getClientPolicies(realm, includeGlobalPolicies);
    }

    @Override
    public void updateRealmRepresentationFromModel(RealmModel realm, RealmRepresentation representation) {
        delegate.updateRealmRepresentationFromModel(realm, representation);
    }

    @Override
    public void close() {
        // the delegate is the session's, which closes it
    }
}
