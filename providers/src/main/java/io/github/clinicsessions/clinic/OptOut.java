package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSetup;
import io.github.clinicsessions.session.Actors;
import io.github.clinicsessions.session.LedgerNotes;
import java.util.List;
import java.util.Map;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.storage.ReadOnlyException;

/** A person's own choice whether the owners of their clinics see their sessions. */
public final class OptOut {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserSessionModel current;

    public OptOut(KeycloakSession session, RealmModel realm, UserSessionModel current) {
        this.session = session;
        this.realm = realm;
        this.current = current;
    }

    /**
     * How it stands towards one clinic.
     *
     * @param allowed whether that clinic lets people choose
     * @param holds whether its owner is kept from seeing
     */
    public record Standing(Clinic clinic, boolean allowed, boolean holds) {}

    /** What the person has chosen, whether or not any clinic heeds it. */
    public boolean isChosen() {
        return OptOuts.isWishedBy(current.getUser());
    }

    /** Towards each of their clinics, by name. */
    public List<Standing> standings() {
        boolean chosen = isChosen();
        return new ClinicDirectory(session, realm)
                .of(current.getUser()).stream()
                        .map(clinic -> new Standing(clinic, clinic.optOutAllowed(), chosen && clinic.optOutAllowed()))
                        .toList();
    }

    /** Whether any clinic lets the person choose. */
    public boolean isOffered() {
        return standings().stream().anyMatch(Standing::allowed);
    }

    /**
     * Chooses. Choosing what is chosen already leaves no trace.
     *
     * @return whether it could be stored; not for a person of a directory that Keycloak may not write to
     */
    public boolean choose(boolean hidden) {
        UserModel user = current.getUser();
        if (hidden == isChosen()) {
            return true;
        }
        try {
            if (hidden) {
                user.setSingleAttribute(RealmSetup.VISIBILITY_ATTRIBUTE, RealmSetup.PRIVATE);
            } else {
                user.removeAttribute(RealmSetup.VISIBILITY_ATTRIBUTE);
            }
        } catch (ReadOnlyException e) {
            return false;
        }
        LedgerNotes.afterCommit(
                session,
                LedgerRow.visibilityChanged(
                        realm.getId(),
                        Time.currentTimeMillis(),
                        user.getId(),
                        user.getUsername(),
                        Actors.of(current),
                        Map.of("visibility", hidden ? RealmSetup.PRIVATE : "visible")));
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.UPDATE_PROFILE)
                .user(user)
                .session(current)
                .detail(Details.CONTEXT, "ACCOUNT")
                .detail(
                        (hidden ? Details.PREF_UPDATED : Details.PREF_PREVIOUS) + RealmSetup.VISIBILITY_ATTRIBUTE,
                        RealmSetup.PRIVATE)
                .success();
        return true;
    }
}
