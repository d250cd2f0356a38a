package io.github.clinicsessions.audit;

/** What happened. Names are stored, exported and documented: never renamed. */
public enum LedgerAction {
    SESSION_STARTED,
    SESSION_ENDED,
    SESSIONS_VIEWED,
    SETTING_CHANGED,
    VISIBILITY_CHANGED,
    LIMIT_REACHED,
    NEW_DEVICE,
    UNFAMILIAR_COUNTRY,
    REPORTED
}
