package io.github.clinicsessions.api;

import static java.util.concurrent.CompletableFuture.completedFuture;

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
import java.util.concurrent.CompletableFuture;
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
        RealmModel realm = session.getContext().getRealm();
        SecurityHeaders security = SecurityHeaders.of(realm);
        var unused = answer(realm, since, wait, headers).thenApply(security::on).thenAccept(response::resume);
    }

    /** Complete at once, unless there is something to wait for. */
    private CompletableFuture<Response> answer(
            RealmModel realm, @Nullable String since, @Nullable String wait, HttpHeaders headers) {
        try {
            EndedAnswer answer = answerTo(caller(realm), realm, headers);
            EndedQuery query = EndedQuery.parse(since, wait);
            FeedPage page = feed.read(session, realm.getId(), query.since()).orElseThrow(EndedQuery::unknownCursor);
            if (!page.entries().isEmpty() || query.patience().isZero()) {
                return completedFuture(answer.of(session, realm, page));
            }
            return feed.next(realm.getId(), page.cursor(), query.patience())
                    .thenApply(next -> later(answer, next))
                    .exceptionally(failure -> failed()); // the feed has logged it
        } catch (ProblemException e) {
            return completedFuture(e.problem().toResponse());
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            session.getTransactionManager().setRollbackOnly();
            return completedFuture(failed());
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
