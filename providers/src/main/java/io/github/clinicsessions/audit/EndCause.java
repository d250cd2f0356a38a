package io.github.clinicsessions.audit;

/** Why a session ended. Names are stored, exported and documented: never renamed. */
public enum EndCause {
    SIGNED_OUT,
    ENDED_BY_USER,
    ENDED_BY_OWNER,
    ENDED_BY_ADMIN,
    IDLE_TIMEOUT,
    MAX_LIFESPAN,
    SESSION_LIMIT,
    PASSWORD_CHANGED,
    USER_DISABLED,
    USER_DELETED,
    TOKEN_REVOKED,
    REALM_SIGN_OUT,
    REPORTED,
    UNKNOWN
}
