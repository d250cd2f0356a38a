package io.github.clinicsessions.admin;

import io.github.clinicsessions.limit.LimitConfig;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/** The configuration of our authenticator that an administrator is about to save, and what is wrong with it. */
final class SavedLimitConfig {

    /** A new one, and one that is changed. */
    private static final Pattern OF_EXECUTION = Pattern.compile("authentication/executions/([^/]+)(/config)?");

    private static final Pattern OF_CONFIG = Pattern.compile("authentication/config/([^/]+)");

    private SavedLimitConfig() {}

    /** Empty, too, if the event is of something else, or of another authenticator. */
    static List<LimitConfig.Problem> problems(KeycloakSession session, AdminEvent event) {
        ResourceType type = event.getResourceType();
        String path = event.getResourcePath();
        if (path == null || (type != ResourceType.AUTHENTICATOR_CONFIG && type != ResourceType.AUTH_EXECUTION)) {
            return List.of();
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        String id = realm == null ? null : configOfOurs(realm, path);
        AuthenticatorConfigModel config = id == null ? null : realm.getAuthenticatorConfigById(id);
        return config == null || config.getConfig() == null
                ? List.of()
                : LimitConfig.problems(realm, config.getConfig());
    }

    /** One that is saved by itself is nobody's as long as no execution has it: then it is looked at when one gets it. */
    private static @Nullable String configOfOurs(RealmModel realm, String path) {
        Matcher ofExecution = OF_EXECUTION.matcher(path);
        if (ofExecution.matches()) {
            AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(ofExecution.group(1));
            return execution != null && isOurs(execution) ? execution.getAuthenticatorConfig() : null;
        }
        Matcher ofConfig = OF_CONFIG.matcher(path);
        return ofConfig.matches() && isOurs(realm, ofConfig.group(1)) ? ofConfig.group(1) : null;
    }

    private static boolean isOurs(RealmModel realm, String configId) {
        return realm.getAuthenticationFlowsStream()
                .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                .anyMatch(execution -> isOurs(execution) && configId.equals(execution.getAuthenticatorConfig()));
    }

    private static boolean isOurs(AuthenticationExecutionModel execution) {
        return LimitConfig.AUTHENTICATOR.equals(execution.getAuthenticator());
    }

    /** 400 in the form of Keycloak's own refusals, which the Admin Console shows: each field by its label and its name. */
    static ErrorResponseException refusal(KeycloakSession session, List<LimitConfig.Problem> problems) {
        List<ErrorRepresentation> errors = new ArrayList<>();
        for (LimitConfig.Problem problem : problems) {
            ErrorRepresentation error = new ErrorRepresentation();
            error.setField(problem.field());
            error.setErrorMessage(label(session, problem.field()) + " (" + problem.field() + "): " + problem.message());
            errors.add(error);
        }
        ErrorRepresentation all = new ErrorRepresentation();
        all.setField(problems.get(0).field());
        all.setErrorMessage(
                errors.stream().map(ErrorRepresentation::getErrorMessage).collect(Collectors.joining("; ")));
        all.setErrors(errors);
        return new ErrorResponseException(Response.status(Response.Status.BAD_REQUEST)
                .entity(all)
                .type(MediaType.APPLICATION_JSON)
                .build());
    }

    private static String label(KeycloakSession session, String field) {
        AuthenticatorFactory factory = (AuthenticatorFactory)
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, LimitConfig.AUTHENTICATOR);
        return Objects.requireNonNull(factory).getConfigProperties().stream()
                .filter(property -> property.getName().equals(field))
                .map(ProviderConfigProperty::getLabel)
                .findFirst()
                .orElse(field);
    }
}
