package io.github.clinicsessions.admin;

import io.github.clinicsessions.api.Problem;
import io.github.clinicsessions.api.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** How calls of administrators are answered, errors included. */
final class AdminAnswers {

    private static final Logger LOG = Logger.getLogger(AdminAnswers.class);

    private AdminAnswers() {}

    /** 404, as for a thing that does not exist, for whoever may not see it. */
    static Response ok(KeycloakSession session, boolean may, Supplier<?> entity) {
        return answer(
                session,
                () -> may,
                () -> Response.ok(entity.get(), MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    /** The same for a call that makes its own answer, or leaves by {@link ProblemException}. Never throws. */
    static Response answer(KeycloakSession session, BooleanSupplier may, Supplier<Response> call) {
        try {
            if (!may.getAsBoolean()) {
                return Problem.of(Response.Status.NOT_FOUND, null).toResponse();
            }
            return call.get();
        } catch (ProblemException e) {
            return e.toResponse();
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            session.getTransactionManager().setRollbackOnly();
            return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, null).toResponse();
        }
    }
}
