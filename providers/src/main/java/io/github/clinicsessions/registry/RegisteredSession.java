package io.github.clinicsessions.registry;

/** What the registry has of a session beside its start. */
public record RegisteredSession(SessionActivity activity, SessionArrival arrival) {

    /** Of a session that is not registered. */
    public static final RegisteredSession NONE = new RegisteredSession(SessionActivity.NONE, SessionArrival.UNKNOWN);
}
