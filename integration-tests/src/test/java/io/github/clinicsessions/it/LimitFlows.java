package io.github.clinicsessions.it;

import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** Flows with the authenticator {@code clinic-session-limit} in a test's realm, made as an administrator makes them. */
final class LimitFlows {

    static final String AUTHENTICATOR = "clinic-session-limit";

    private final TestRealm realm;
    private final Map<String, String> configs = new HashMap<>();

    LimitFlows(TestRealm realm) {
        this.realm = realm;
    }

    /** A copy of Keycloak's flow with ours last, as the realm's browser flow. */
    void browser(String alias) {
        copy("browser", alias);
        addTo(alias, alias + " forms");
        realm.update(representation -> representation.setBrowserFlow(alias));
    }

    /** The same without making it the realm's, and with ours as the first after the password. */
    void browserBeforeOtp(String alias) {
        copy("browser", alias);
        addTo(alias, alias + " forms");
        var ours = ours(alias);
        flows().raisePriority(ours.getId());
    }

    /** A copy of Keycloak's flow with ours last, as the realm's direct-grant flow. */
    void directGrant(String alias) {
        copy("direct grant", alias);
        addTo(alias, alias);
        realm.update(representation -> representation.setDirectGrantFlow(alias));
    }

    /** Ours is the last of a sub-flow after which the flow around it asks for a one-time password. */
    void insideBeforeOtp(String alias) {
        create(alias);
        var inside = alias + " inside";
        flows().addExecutionFlow(
                        alias, Map.of("alias", inside, "type", "basic-flow", "description", "", "provider", ""));
        flows().addExecution(inside, Map.of("provider", "auth-username-password-form"));
        flows().addExecution(inside, Map.of("provider", AUTHENTICATOR));
        flows().addExecution(alias, Map.of("provider", "auth-otp-form"));
        for (var execution : flows().getExecutions(alias)) {
            execution.setRequirement("REQUIRED");
            flows().updateExecutions(alias, execution);
        }
    }

    /** A flow of ours only, as after a sign-in by an identity provider. */
    void postLogin(String alias) {
        create(alias);
        addTo(alias, alias);
    }

    /** From now on this, and nothing else, is the configuration of ours in the flow. */
    void configure(String alias, Map<String, String> config) {
        var representation = new AuthenticatorConfigRepresentation();
        representation.setAlias(alias + " limit");
        representation.setConfig(config);
        var id = configs.get(alias);
        if (id != null) {
            flows().updateAuthenticatorConfig(id, representation);
            return;
        }
        try (Response response = flows().newExecutionConfig(ours(alias).getId(), representation)) {
            check(response);
        }
        configs.put(alias, ours(alias).getAuthenticationConfig());
    }

    private void addTo(String alias, String subflow) {
        flows().addExecution(subflow, Map.of("provider", AUTHENTICATOR));
        var ours = ours(alias);
        ours.setRequirement("REQUIRED");
        flows().updateExecutions(alias, ours);
    }

    private AuthenticationExecutionInfoRepresentation ours(String alias) {
        List<AuthenticationExecutionInfoRepresentation> executions = flows().getExecutions(alias);
        return executions.stream()
                .filter(one -> AUTHENTICATOR.equals(one.getProviderId()))
                .findFirst()
                .orElseThrow();
    }

    private void create(String alias) {
        var flow = new AuthenticationFlowRepresentation();
        flow.setAlias(alias);
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flow.setBuiltIn(false);
        try (Response response = flows().createFlow(flow)) {
            check(response);
        }
    }

    private void copy(String of, String alias) {
        try (Response response = flows().copy(of, Map.of("newName", alias))) {
            check(response);
        }
    }

    private AuthenticationManagementResource flows() {
        return realm.admin().flows();
    }

    private static void check(Response response) {
        if (response.getStatus() != 201) {
            throw new IllegalStateException(response.getStatus() + " " + response.readEntity(String.class));
        }
    }
}
