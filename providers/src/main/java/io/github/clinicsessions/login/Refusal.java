package io.github.clinicsessions.login;

import io.github.clinicsessions.limit.SessionLimit;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Refuses a sign-in: with a page, or for whom there is none as RFC 6749, section 5.2. Not as a failure of the person, which would
 * count as a wrong password where Keycloak counts them.
 */
final class Refusal {

    private final AuthenticationFlowContext context;

    Refusal(AuthenticationFlowContext context) {
        this.context = context;
    }

    /** The person has as many sessions as they may have. */
    void because(SessionLimit limit) {
        refuse(
                "Session limit reached: this person may have at most " + limit.max()
                        + (limit.max() == 1 ? " session" : " sessions")
                        + " at a time. Sign out elsewhere, or ask the clinic.",
                "clinicLoginLimitReached",
                limit.max());
    }

    /** What the person has is not known. */
    void inDoubt() {
        refuse("Session limit: it could not be found out whether it is reached. Try again.", "clinicLoginLimitUnknown");
    }

    private void refuse(String reason, String messageKey, Object... parameters) {
        context.getEvent()
                .user(context.getUser())
                .detail(Details.AUTHENTICATION_ERROR_DETAIL, reason)
                .error(Errors.GENERIC_AUTHENTICATION_ERROR);
        context.forceChallenge(FlowPosition.of(context).hasPages() ? page(messageKey, parameters) : json(reason));
    }

    private Response page(String messageKey, Object... parameters) {
        return context.form().setError(messageKey, parameters).createErrorPage(Response.Status.FORBIDDEN);
    }

    private static Response json(String reason) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_GRANT, reason))
                .build();
    }
}
