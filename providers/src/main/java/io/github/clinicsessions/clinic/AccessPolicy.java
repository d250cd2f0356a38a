package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.Caller.AccountRight;
import io.github.clinicsessions.clinic.Caller.RealmRole;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one place that says who may do what. Pure: everything it needs is in {@link Caller}, or in {@link Administrator}.
 *
 * <p>Own sessions follow Keycloak's Account REST API ({@code AccountRestService#sessions}): to see them takes {@code
 * manage-account} or {@code view-profile}, to end them {@code manage-account}. A session of another person is never found
 * by either ({@code SessionDirectory} and {@code SessionTerminator} take the person whose sessions they may touch).
 *
 * <p>An owner may oversee who belongs to a clinic of theirs, with the same two roles for their own account. Whom they may not
 * oversee does not exist for them: another clinic's staff, service accounts, and whoever administers Keycloak.
 */
public final class AccessPolicy {

    /** How old a sign-in may be for an owner's changes (RFC 9470, {@code max_age}). */
    public static final Duration RECENT_SIGN_IN = Duration.ofMinutes(15);

    private AccessPolicy() {}

    /** Whether a person may be offboarded. */
    public enum Offboarding {
        ALLOWED,
        /** Nobody offboards themselves. */
        SELF,
        /** Nor another owner of the clinic. */
        OWNER
    }

    public static boolean maySeeOwnSessions(Caller caller) {
        return !caller.serviceAccount()
                && (caller.account().contains(AccountRight.MANAGE)
                        || caller.account().contains(AccountRight.VIEW));
    }

    public static boolean mayEndOwnSessions(Caller caller) {
        return !caller.serviceAccount() && caller.account().contains(AccountRight.MANAGE);
    }

    /**
     * Whether the person may say that a sign-in was not theirs: nobody says it for them, for it locks them out until they have a new
     * password.
     */
    public static boolean mayReport(Caller caller) {
        return mayEndOwnSessions(caller) && !caller.impersonated();
    }

    /** To be there in one's own session takes no role, but a person. */
    public static boolean mayReportActivity(Caller caller) {
        return !caller.serviceAccount();
    }

    /**
     * Which sessions have ended is told to applications, never to people: an owner sees the ledger of their clinic, and the feed
     * has raw session ids of everybody.
     */
    public static boolean mayReadEndedSessions(Caller caller) {
        return caller.serviceAccount() && caller.realm().contains(RealmRole.API);
    }

    /** What switching the realm on would change: whoever may see the realm's settings may see that too. */
    public static boolean maySeePreflight(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_REALM);
    }

    /** The ledger of a realm is of the kind of Keycloak's own events. */
    public static boolean mayVerifyLedger(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_EVENTS);
    }

    /** The pages and calls of owners. */
    public static boolean mayOversee(Caller caller) {
        return maySeeOwnSessions(caller) && !caller.owned().isEmpty();
    }

    /** To end sessions of staff, to offboard, to change settings; each also takes a {@link #isRecent recent sign-in}. */
    public static boolean mayChangeClinic(Caller caller) {
        return mayOversee(caller) && caller.account().contains(AccountRight.MANAGE);
    }

    /**
     * Whether the person has signed in recently enough for an owner's change. An administrator who has opened the session as the
     * owner has signed in as nobody: never.
     */
    public static boolean isRecent(Caller caller, Instant now) {
        Instant at = caller.signedInAt();
        return !caller.impersonated() && at != null && !at.plus(RECENT_SIGN_IN).isBefore(now);
    }

    /** Whether this person is staff of one of these clinics, which their owner asks for. */
    public static boolean oversees(Collection<Clinic> clinics, Person person) {
        return !person.serviceAccount()
                && !person.administrator()
                && !common(clinics, person).isEmpty();
    }

    /**
     * Whether an administrator, whose right over users has been asked for, finds this person: through these clinics, or as
     * anybody of the realm.
     */
    public static boolean administers(Collection<Clinic> clinics, boolean wholeRealm, Person person) {
        return !person.serviceAccount()
                && (wholeRealm || !common(clinics, person).isEmpty());
    }

    /**
     * What is seen of a person's sessions through these clinics: opting out holds towards each clinic that allows it, so that
     * one that does not allow it sees.
     */
    public static Visibility visibility(Collection<Clinic> clinics, Person person) {
        Set<String> common = common(clinics, person);
        return !common.isEmpty() && person.privateTowards().containsAll(common)
                ? Visibility.OPTED_OUT
                : Visibility.VISIBLE;
    }

    /** Whether the caller may offboard this person, whom they oversee, from these clinics. */
    public static Offboarding offboarding(Caller caller, Collection<Clinic> clinics, Person person) {
        if (caller.userId().equals(person.id())) {
            return Offboarding.SELF;
        }
        return common(clinics, person).stream().anyMatch(person.ownedClinicIds()::contains)
                ? Offboarding.OWNER
                : Offboarding.ALLOWED;
    }

    /** Whether the person may choose to be seen or not: nobody chooses it for them, not even in their name. */
    public static boolean mayChooseVisibility(Caller caller) {
        return mayEndOwnSessions(caller) && !caller.impersonated();
    }

    /**
     * To name and to forget devices. An administrator who has opened a session as the person sees them and does neither: a name is the
     * person's own word, and whether a device is known is what they will be warned by.
     */
    public static boolean mayChangeOwnDevices(Caller caller) {
        return mayEndOwnSessions(caller) && !caller.impersonated();
    }

    /** Staff and their sessions, of every clinic of the realm. */
    public static boolean maySeeStaff(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_USERS);
    }

    public static boolean mayEndSessionsOfStaff(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.MANAGE_USERS);
    }

    public static boolean maySeeSettings(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_REALM);
    }

    public static boolean mayChangeSettings(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.MANAGE_REALM);
    }

    public static boolean mayReadLedger(Administrator administrator) {
        return administrator.rights().contains(Administrator.Right.VIEW_EVENTS);
    }

    private static Set<String> common(Collection<Clinic> clinics, Person person) {
        return clinics.stream()
                .map(Clinic::id)
                .filter(person.clinicIds()::contains)
                .collect(Collectors.toUnmodifiableSet());
    }
}
