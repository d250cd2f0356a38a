package io.github.clinicsessions.login;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.DefaultAuthenticationFlows;
import org.keycloak.protocol.docker.DockerAuthV2Protocol;
import org.keycloak.services.resources.LoginActionsService;

/** Where our execution stands: whether the person has proved who they are when it comes, and whether there is a page to show. */
final class FlowPosition {

    /** After a first sign-in by an identity provider more may come: the flow after each. */
    private static final Set<String> PATHS_WITH_PAGES = Set.of(
            LoginActionsService.AUTHENTICATE_PATH,
            LoginActionsService.REGISTRATION_PATH,
            LoginActionsService.RESET_CREDENTIALS_PATH,
            LoginActionsService.POST_BROKER_LOGIN_PATH);

    private final AuthenticationFlowContext context;
    private final RealmModel realm;

    private FlowPosition(AuthenticationFlowContext context) {
        this.context = context;
        this.realm = context.getRealm();
    }

    static FlowPosition of(AuthenticationFlowContext context) {
        return new FlowPosition(context);
    }

    /** Whether a browser is there that shows pages. */
    boolean hasPages() {
        return PATHS_WITH_PAGES.contains(context.getFlowPath())
                && !DockerAuthV2Protocol.LOGIN_PROTOCOL.equals(
                        context.getAuthenticationSession().getProtocol())
                && !DefaultAuthenticationFlows.SAML_ECP_FLOW.equals(
                        context.getTopLevelFlow().getAlias());
    }

    /** Whether nothing that could still ask for something comes after ours, in its flow or in one around it. */
    boolean isLast() {
        if (LoginActionsService.FIRST_BROKER_LOGIN_PATH.equals(context.getFlowPath())) {
            return false;
        }
        AuthenticationExecutionModel step = context.getExecution();
        while (step != null) {
            // Keycloak goes on after an alternative that has succeeded in the flow around it.
            if (!step.isAlternative() && after(step).anyMatch(this::asks)) {
                return false;
            }
            step = realm.getAuthenticationExecutionByFlowId(step.getParentFlow());
        }
        return true;
    }

    /** Alternatives beside what is required Keycloak passes over. */
    private Stream<AuthenticationExecutionModel> after(AuthenticationExecutionModel step) {
        List<AuthenticationExecutionModel> siblings =
                realm.getAuthenticationExecutionsStream(step.getParentFlow()).toList();
        return siblings.stream()
                .dropWhile(one -> !one.getId().equals(step.getId()))
                .skip(1)
                .filter(one -> one.isRequired() || one.isConditional());
    }

    private boolean asks(AuthenticationExecutionModel execution) {
        if (!execution.isEnabled()) {
            return false;
        }
        return execution.isAuthenticatorFlow()
                ? realm.getAuthenticationExecutionsStream(execution.getFlowId()).anyMatch(this::asks)
                : !SessionLimitAuthenticatorFactory.ID.equals(execution.getAuthenticator()) && !isCondition(execution);
    }

    private boolean isCondition(AuthenticationExecutionModel execution) {
        return context.getSession()
                        .getKeycloakSessionFactory()
                        .getProviderFactory(Authenticator.class, execution.getAuthenticator())
                instanceof ConditionalAuthenticatorFactory;
    }
}
