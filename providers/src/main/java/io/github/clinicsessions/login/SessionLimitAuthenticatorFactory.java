package io.github.clinicsessions.login;

import io.github.clinicsessions.limit.LimitBehavior;
import io.github.clinicsessions.limit.LimitConfig;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The authenticator {@value #ID}, for browser, direct-grant and post-login flows: the last execution of each. */
public final class SessionLimitAuthenticatorFactory implements AuthenticatorFactory {

    public static final String ID = LimitConfig.AUTHENTICATOR;

    /** Alternatives would let people choose it in place of their password. */
    private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

    private final MisplacedExecutions misplaced = new MisplacedExecutions();

    @Override
    public Authenticator create(KeycloakSession session) {
        return new SessionLimitAuthenticator(session, misplaced);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Clinic session limit";
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public String getHelpText() {
        return "Keeps people to a number of sessions at a time. Put it last, as required, after a sub-flow with all that asks for"
                + " something. Without a number of its own the clinic's setting counts.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(LimitConfig.MAX_SESSIONS)
                .label("Sessions per person")
                .helpText(
                        "How many sessions a person may have at a time: 1 to 100. Left empty, the clinic's setting and the"
                                + " numbers of roles below count. The strictest of this and the clinic's setting wins.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(LimitConfig.BEHAVIOR)
                .label("When there are too many")
                .helpText("choose: after signing in, the person says which of their sessions end; where no page can be"
                        + " shown, the sign-in is refused. end-least-recent: the session used least recently ends"
                        + " without a question; whoever has stolen a password takes the place of the person. deny:"
                        + " the sign-in is refused until a session has ended.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(LimitBehavior.values())
                        .map(LimitBehavior::text)
                        .toList())
                .defaultValue(LimitBehavior.CHOOSE.text())
                .add()
                .property()
                .name(LimitConfig.COUNT_OFFLINE)
                .label("Count offline sessions")
                .helpText("Whether a session counts of which offline access only is left, such as an app that keeps"
                        + " somebody signed in. The clinic's setting always counts it.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .add()
                .property()
                .name(LimitConfig.EXEMPT_ROLES)
                .label("Exempt roles")
                .helpText(
                        "People who have one of these roles are not held to a number of this authenticator; the clinic's"
                                + " setting holds for them too. A role of a client as client.role.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(LimitConfig.ROLE_MAX_SESSIONS)
                .label("Numbers of roles")
                .helpText(
                        "Key: a role, of a client as client.role. Value: how many sessions people who have it may have, 1 to"
                                + " 100, instead of the number above. Of several roles the smallest number counts.")
                .type(ProviderConfigProperty.MAP_TYPE)
                .add()
                .build();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
