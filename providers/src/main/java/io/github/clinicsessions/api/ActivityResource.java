package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.session.HumanActivity;
import io.github.clinicsessions.session.IdleGate;
import io.github.clinicsessions.session.Idleness;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/** Whether a human is there, in the session of the token, or of a ticket of our own pages. */
public final class ActivityResource {

    private static final String GUARD = "guard";

    private final KeycloakSession session;
    private final OwnCall calls;

    ActivityResource(KeycloakSession session) {
        this.session = session;
        this.calls = new OwnCall(session);
    }

    /** CORS preflight. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /**
     * 200: until when the session lasts, which this does not move. 401: it is over.
     *
     * @param guard whether the token's client says by this that it reports humans; any value
     */
    @GET
    public Response look(@QueryParam(GUARD) @Nullable String guard) {
        return answer((realm, bearer) -> {
            UserSessionModel online = online(realm, bearer);
            Idleness idleness =
                    guard == null ? humans().of(realm, online) : humans().guard(realm, online, bearer.client());
            if (idleness.isOver(now())) {
                throw over(realm, online);
            }
            return ok(idleness);
        });
    }

    /** 200: a human is there; until when the session lasts now. 401: it is over, and stays so. A body is not read. */
    @POST
    public Response report() {
        return answer((realm, bearer) -> {
            UserSessionModel online = online(realm, bearer);
            return ok(humans().report(realm, online, bearer.client()).orElseThrow(() -> over(realm, online)));
        });
    }

    private Response answer(BiFunction<RealmModel, Bearer, Response> call) {
        return calls.answer(BearerAuthentication::requireOrTicket, AccessPolicy::mayReportActivity, call);
    }

    /** Our rules are for online sessions. A token of an exchange may come with a copy of one that leads nowhere. */
    private UserSessionModel online(RealmModel realm, Bearer bearer) {
        UserSessionModel ofToken = bearer.userSession();
        UserSessionModel online = ofToken.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT
                ? session.sessions().getUserSession(realm, ofToken.getId())
                : ofToken;
        if (online == null || online.isOffline()) {
            throw new ProblemException(Problem.of(
                    Response.Status.CONFLICT,
                    "The token is one of offline access, which does not end because nobody is there."));
        }
        return online;
    }

    private HumanActivity humans() {
        return new HumanActivity(session);
    }

    private static Response ok(Idleness idleness) {
        return OwnCall.ok(ActivityRepresentation.of(idleness, now()));
    }

    /** Ends it, too, as far as it is not one that Keycloak itself takes for over. */
    private ProblemException over(RealmModel realm, UserSessionModel online) {
        new IdleGate(session).isOver(realm, online.getId());
        return new ProblemException(Problem.of(Response.Status.UNAUTHORIZED, "The session was unused for too long."));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
