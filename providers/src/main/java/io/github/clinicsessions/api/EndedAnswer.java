package io.github.clinicsessions.api;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.FeedPage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * What answers to one caller of {@code ended} look like. Outlives the request's Keycloak session.
 *
 * @param audience the client that asked
 * @param signed as JWT, else as JSON
 */
record EndedAnswer(KeycloakSessionFactory factory, String realmId, String issuer, String audience, boolean signed) {

    private static final MediaType JWT = MediaType.valueOf(EndedToken.MEDIA_TYPE);

    /**
     * Whether the caller prefers a JWT.
     *
     * @param acceptable most preferred first
     * @throws ProblemException 406 for one who takes neither
     */
    static boolean isSigned(List<MediaType> acceptable) {
        for (MediaType type : acceptable) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false; // also for those who take anything
            }
            if (type.isCompatible(JWT)) {
                return true;
            }
        }
        throw new ProblemException(Problem.of(
                Response.Status.NOT_ACCEPTABLE, "There is application/json and " + EndedToken.MEDIA_TYPE + "."));
    }

    /** In the request. */
    Response of(KeycloakSession session, RealmModel realm, FeedPage page) {
        EndedRepresentation answer = EndedRepresentation.of(page);
        return signed
                ? ok(EndedToken.sign(session, realm, issuer, audience, answer), JWT)
                : ok(answer, MediaType.APPLICATION_JSON_TYPE);
    }

    /** After it. */
    Response of(FeedPage page) {
        if (!signed) {
            return ok(EndedRepresentation.of(page), MediaType.APPLICATION_JSON_TYPE);
        }
        return Transactions.resultInBackground(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null) {
                throw new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
            }
            session.getContext().setRealm(realm);
            return of(session, realm, page);
        });
    }

    private static Response ok(Object entity, MediaType type) {
        return Response.ok(entity, type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
