package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.OwnSessions;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.cors.Cors;

/** What every call of a person has in common: the switch, the token, the right, the form of errors. */
final class OwnCall {

    /** What a browser may send to any of them. */
    static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};

    private static final Logger LOG = Logger.getLogger(OwnCall.class);

    private final KeycloakSession session;

    OwnCall(KeycloakSession session) {
        this.session = session;
    }

    /** CORS preflight, as Keycloak's own REST APIs answer it. */
    static Response preflight() {
        Cors.builder().preflight().allowedMethods(METHODS).auth().add();
        return Response.ok().build();
    }

    static Response ok(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** The call's answer; a problem where the realm is off, or the token or its right is missing. Never throws. */
    Response answer(Predicate<Caller> right, BiFunction<RealmModel, Bearer, Response> call) {
        return answer(BearerAuthentication::require, right, call);
    }

    /**
     * The same.
     *
     * @param who finds whose call it is
     */
    Response answer(
            BiFunction<BearerAuthentication, RealmModel, Bearer> who,
            Predicate<Caller> right,
            BiFunction<RealmModel, Bearer, Response> call) {
        try {
            RealmModel realm = session.getContext().getRealm();
            if (!RealmSwitch.isOn(realm)) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            Bearer bearer = who.apply(new BearerAuthentication(session), realm);
            if (!right.test(bearer.caller())) {
                throw new ProblemException(
                        Problem.of(Response.Status.FORBIDDEN, "The token lacks the role that this takes."));
            }
            return call.apply(realm, bearer);
        } catch (ProblemException e) {
            return e.toResponse();
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            session.getTransactionManager().setRollbackOnly();
            return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, null).toResponse();
        }
    }

    OwnSessions sessions(RealmModel realm, Bearer bearer) {
        return new OwnSessions(session, realm, bearer.user(), bearer.userSession());
    }

    /** In the person's language. */
    ClientNames names(RealmModel realm, Bearer bearer) {
        return ClientNames.of(session, realm, session.getContext().resolveLocale(bearer.user()));
    }
}
