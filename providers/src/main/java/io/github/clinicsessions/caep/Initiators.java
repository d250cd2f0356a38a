package io.github.clinicsessions.caep;

import io.github.clinicsessions.audit.EndCause;
import org.keycloak.ssf.event.InitiatingEntity;

/** Who ended a session, in the terms of CAEP 1.0, section 2 ({@code initiating_entity}). Pure. */
final class Initiators {

    private Initiators() {}

    /** Owners act for the organization, not for the person: {@code admin}. A rule that took effect: {@code policy}. */
    static InitiatingEntity of(EndCause cause) {
        return switch (cause) {
            case SIGNED_OUT, ENDED_BY_USER, REPORTED -> InitiatingEntity.USER;
            case ENDED_BY_OWNER, ENDED_BY_ADMIN, USER_DISABLED, USER_DELETED, REALM_SIGN_OUT -> InitiatingEntity.ADMIN;
            case IDLE_TIMEOUT, MAX_LIFESPAN, SESSION_LIMIT, PASSWORD_CHANGED -> InitiatingEntity.POLICY;
            case TOKEN_REVOKED, UNKNOWN -> InitiatingEntity.SYSTEM;
        };
    }
}
