package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.UserSessionRepresentation;

/** What tests of the session limit set in a realm, and how many sessions Keycloak itself knows of. */
final class SessionLimits {

    static final String AUTHENTICATOR = "clinic-session-limit";

    private SessionLimits() {}

    /** Of a realm's JSON: takes the authenticator out of all flows, so that only the check after the fact is left. */
    static void withoutAuthenticator(ObjectNode realm) {
        for (JsonNode flow : realm.path("authenticationFlows")) {
            if (flow.path("authenticationExecutions") instanceof ArrayNode executions) {
                for (var i = executions.size() - 1; i >= 0; i--) {
                    if (AUTHENTICATOR.equals(
                            executions.get(i).path("authenticator").asText())) {
                        executions.remove(i);
                    }
                }
            }
        }
    }

    /** The realm's settings. */
    static void set(TestRealm realm, String max, String behavior) {
        realm.update(one -> one.getAttributes()
                .putAll(Map.of("clinicSessions.maxSessions", max, "clinicSessions.limitBehavior", behavior)));
    }

    /**
     * Makes a copy of one of Keycloak's flows, with an authenticator at its end that is required; answers the copy's alias. Of the
     * browser flow at the end of its forms: beside alternatives it would switch those off.
     */
    static String copyWith(TestRealm realm, String flow, String authenticator, Map<String, String> config) {
        var flows = realm.admin().flows();
        var alias = flow + " with " + authenticator;
        flows.copy(flow, Map.of("newName", alias)).close();
        flows.addExecution(flow.equals("browser") ? alias + " forms" : alias, Map.of("provider", authenticator));
        var added = flows.getExecutions(alias).stream()
                .filter(one -> authenticator.equals(one.getProviderId()))
                .findFirst()
                .orElseThrow();
        added.setRequirement("REQUIRED");
        flows.updateExecutions(alias, added);
        var configuration = new AuthenticatorConfigRepresentation();
        configuration.setAlias(alias);
        configuration.setConfig(config);
        flows.newExecutionConfig(added.getId(), configuration).close();
        return alias;
    }

    /** Ids of the sessions of the person by Keycloak's own Admin API, online and offline ones of {@code clinic-app}. */
    static Set<String> alive(TestRealm realm, String username) {
        var user = realm.user(username);
        var app = realm.admin().clients().findByClientId(Tokens.APP).get(0).getId();
        var ids = user.getUserSessions().stream()
                .map(UserSessionRepresentation::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        user.getOfflineSessions(app).forEach(one -> ids.add(one.getId()));
        return ids;
    }
}
