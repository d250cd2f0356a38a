package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Service;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.registry.FeedPage;
import io.github.clinicsessions.registry.feed.EndedFeed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** The feed of ended sessions, for APIs that verify tokens by themselves. */
public final class EndedResource {

    private static final Logger LOG = Logger.getLogger(EndedResource.class);

    private final KeycloakSession session;
    private final EndedFeed feed;

    EndedResource(KeycloakSession session, EndedFeed feed) {
        this.session = session;
        this.feed = feed;
    }

    /**
     * 200: what has ended after the cursor. Who waits holds neither a thread nor a transaction: Keycloak closes the session of
     * a request with a suspended answer as soon as this returns.
     */
    @GET
    public void ended(
            @Suspended AsyncResponse response,
            @QueryParam("since") @Nullable String since,
            @QueryParam("wait") @Nullable String wait,
            @Context HttpHeaders headers) {
        try {
            RealmModel realm = session.getContext().getRealm();
            EndedAnswer answer = answerTo(caller(realm), realm, headers);
            EndedQuery query = EndedQuery.parse(since, wait);
            FeedPage page = feed.read(session, realm.getId(), query.since()).orElseThrow(EndedQuery::unknownCursor);
            if (!page.entries().isEmpty() || query.patience().isZero()) {
                response.resume(answer.of(session, realm, page));
                return;
            }
            var unused = feed.next(realm.getId(), page.cursor(), query.patience())
                    .thenApply(next -> later(answer, next))
                    .exceptionally(failure -> failed()) // the feed has logged it
                    .thenAccept(response::resume);
        } catch (ProblemException e) {
            response.resume(e.problem().toResponse());
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            session.getTransactionManager().setRollbackOnly();
            response.resume(failed());
        }
    }

    private Service caller(RealmModel realm) {
        if (!RealmSwitch.isOn(realm)) {
            throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
        }
        Service service = new BearerAuthentication(session).requireOfAnyAudience(realm);
        if (!AccessPolicy.mayReadEndedSessions(service.caller())) {
            throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
        }
        return service;
    }

    private EndedAnswer answerTo(Service caller, RealmModel realm, HttpHeaders headers) {
        return new EndedAnswer(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()),
                caller.clientId(),
                EndedAnswer.isSigned(headers.getAcceptableMediaTypes()));
    }

    /** The request is over; nothing of it may be touched. */
    private static Response later(EndedAnswer answer, Optional<FeedPage> next) {
        try {
            return answer.of(next.orElseThrow(EndedQuery::unknownCursor));
        } catch (ProblemException e) {
            return e.problem().toResponse();
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            return failed();
        }
    }

    private static Response failed() {
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, null).toResponse();
    }
}
