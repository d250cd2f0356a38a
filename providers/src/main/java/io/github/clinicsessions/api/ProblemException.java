package io.github.clinicsessions.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Leaves a call with a {@link Problem}. Whoever answers the call catches it, see {@link #toResponse}. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final transient @Nullable String challenge;

    ProblemException(Problem problem) {
        this(problem, null);
    }

    /** @param challenge value of {@code WWW-Authenticate}; null for the problem's own */
    ProblemException(Problem problem, @Nullable String challenge) {
        super(problem.title(), null, false, false);
        this.problem = problem;
        this.challenge = challenge;
    }

    /** Without fields. */
    public static ProblemException of(Response.Status status, @Nullable String detail) {
        return new ProblemException(Problem.of(status, detail));
    }

    Problem problem() {
        return problem;
    }

    /** As it is sent. */
    public Response toResponse() {
        Response response = problem.toResponse();
        if (challenge != null) {
            response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        return response;
    }
}
