package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.Oversight;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What every call of an owner has in common. Asked in this order: the switch (404), the token (401), the right (403), for a
 * change the recent sign-in (401), and only then the clinic and the person that are named (404) and the input (400). So whoever
 * has to sign in anew is told nothing of what they asked for, not even whether it exists.
 */
final class OwnerCall {

    /** RFC 9470, section 3. */
    private static final String STEP_UP = "Bearer error=\"insufficient_user_authentication\", error_description=\""
            + "The sign-in must not be older than " + AccessPolicy.RECENT_SIGN_IN.toMinutes() + " minutes\", max_age=\""
            + AccessPolicy.RECENT_SIGN_IN.toSeconds() + "\"";

    private final KeycloakSession session;
    private final OwnCall calls;

    OwnerCall(KeycloakSession session) {
        this.session = session;
        this.calls = new OwnCall(session);
    }

    /** @param clinic an alias; null for all of theirs */
    Response see(@Nullable String clinic, Function<Owner, Response> call) {
        return calls.answer(AccessPolicy::mayOversee, (realm, bearer) -> call.apply(owner(realm, bearer, clinic)));
    }

    /** The same for what takes a recent sign-in. */
    Response change(@Nullable String clinic, Function<Owner, Response> call) {
        return calls.answer(AccessPolicy::mayChangeClinic, (realm, bearer) -> {
            if (!AccessPolicy.isRecent(bearer.caller(), Instant.ofEpochMilli(Time.currentTimeMillis()))) {
                throw new ProblemException(
                        Problem.of(
                                Response.Status.UNAUTHORIZED,
                                "This takes a sign-in that is not older than " + AccessPolicy.RECENT_SIGN_IN.toMinutes()
                                        + " minutes."),
                        STEP_UP);
            }
            return call.apply(owner(realm, bearer, clinic));
        });
    }

    private Owner owner(RealmModel realm, Bearer bearer, @Nullable String clinic) {
        List<Clinic> clinics = bearer.caller().owned(clinic);
        if (clinics.isEmpty()) {
            throw ProblemException.of(Response.Status.NOT_FOUND, null);
        }
        Oversight oversight = Oversight.ofOwner(
                session, bearer.userSession(), session.getContext().getClient(), clinics);
        return new Owner(session, realm, bearer, oversight);
    }
}
