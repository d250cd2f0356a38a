package io.github.clinicsessions.registry;

/** What was noticed when a session began. Stable names: stored, and part of the REST API. */
public enum SessionMark {
    /** The person had never signed in with the device. */
    NEW_DEVICE,
    /** The person's clinics do not expect sign-ins from there, or the person had never signed in from there. */
    UNFAMILIAR_COUNTRY
}
