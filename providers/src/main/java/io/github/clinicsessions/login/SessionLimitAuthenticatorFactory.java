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
        return "Keeps people to a number of sessions at a time; the last execution of a flow."
                + " Without a number of its own the clinic's setting counts.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(LimitConfig.MAX_SESSIONS)
                .label("Sessions per person")
                .helpText(
                        "How many sessions a person may have at a time: 1 to 100. Empty: only the clinic's setting and"
                                + " the numbers of roles below count. The strictest of this and the clinic's setting wins.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(LimitConfig.BEHAVIOR)
                .label("When there are too many")
                .helpText(
                        "choose: the person says which sessions end; where no page can be shown the sign-in is refused."
                                + " end-least-recent: the sessions used least recently end, without asking; whoever has stolen a"
                                + " password takes the place of the person. deny: the sign-in is refused.")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(LimitBehavior.values())
                        .map(LimitBehavior::text)
                        .toList())
                .defaultValue(LimitBehavior.CHOOSE.text())
                .add()
                .property()
                .name(LimitConfig.COUNT_OFFLINE)
                .label("Count offline sessions")
                .helpText("Whether a session that has offline access only counts too.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .add()
                .property()
                .name(LimitConfig.EXEMPT_ROLES)
                .label("Exempt roles")
                .helpText(
                        "People who have one of these roles are not held to a number of this authenticator. Roles of a"
                                + " client as client.role.")
                .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
                .add()
                .property()
                .name(LimitConfig.ROLE_MAX_SESSIONS)
                .label("Numbers of roles")
                .helpText("A role and how many sessions people who have it may have, 1 to 100, instead of the number"
                        + " above; of several the smallest. Roles of a client as client.role.")
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
