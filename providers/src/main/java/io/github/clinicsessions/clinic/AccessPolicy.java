package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.Caller.RealmRole;

/**
 * The one place that says who may do what. Pure: everything it needs is in {@link Caller}, or in {@link Administrator}.
 *
 * <p>Own sessions follow Keycloak's Account REST API ({@code AccountRestService#sessions}): to see them takes {@code
 * manage-account} or {@code view-profile}, to end them {@code manage-account}. A session of another person is never found
 * by either ({@code SessionDirectory} and {@code SessionTerminator} take the person whose sessions they may touch).
 */
public final class AccessPolicy {

    private AccessPolicy() {}

    public static boolean maySeeOwnSessions(Caller caller) {
        return !caller.serviceAccount()
                && (caller.account().contains(AccountRight.MANAGE)
                        || caller.account().contains(AccountRight.VIEW));
    }

    public static boolean mayEndOwnSessions(Caller caller) {
        return !caller.serviceAccount() && caller.account().contains(AccountRight.MANAGE);
    }

    /**
     * Which sessions have ended is told to applications, never to people: an owner sees the ledger of their clinic, and the feed
     * has raw session ids of everybody.
     */
    public static boolean mayReadEndedSessions(Caller caller) {
        return caller.serviceAccount() && caller.realm().contains(RealmRole.API);
    }

    /** The list of staff. */
    public static boolean maySeeStaff(Caller caller) {
        return maySeeOwnSessions(caller) && caller.realm().contains(RealmRole.OWNER);
    }

    /** What switching the realm on would change: whoever may see the realm's settings may see that too. */
    public static boolean maySeePreflight(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_REALM);
    }

    /** The ledger of a realm is of the kind of Keycloak's own events. */
    public static boolean mayVerifyLedger(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_EVENTS);
    }
}
