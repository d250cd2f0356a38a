package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.StaffMember.Visibility;
import io.github.clinicsessions.clinic.jpa.OwnerCandidates;
import io.github.clinicsessions.platform.Clinics;
import io.github.clinicsessions.platform.CountrySettings;
import io.github.clinicsessions.platform.RealmSetup;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Which owners are to be told by mail of something about a person of their staff. */
public final class OwnersToTell {

    /** Nobody has so many; a role that everybody has by default must not make a mail of each. */
    public static final int MOST = 50;

    /** Of whom not all need be owners. */
    private static final int MOST_CANDIDATES = 200;

    private final KeycloakSession session;
    private final RealmModel realm;

    public OwnersToTell(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * An owner.
     *
     * @param clinics of theirs to which the person belongs, by name
     * @param masked whether the person has opted out of being seen by them
     */
    public record Told(UserModel owner, List<Clinic> clinics, boolean masked) {}

    /** Those who want to hear of what is noticed. */
    public List<Told> ofNoticed(UserModel person) {
        return of(person, CountrySettings.notifying(session, realm, Clinics.idsOf(session, realm, person)));
    }

    /** Those whose staff the person is. */
    public List<Told> ofReported(UserModel person) {
        return of(person, Clinics.idsOf(session, realm, person));
    }

    private List<Told> of(UserModel person, Collection<String> clinicIds) {
        RoleModel role = clinicIds.isEmpty() ? null : realm.getRole(RealmSetup.OWNER_ROLE);
        if (role == null) {
            return List.of();
        }
        Person about = Persons.of(session, realm, person);
        ClinicDirectory directory = new ClinicDirectory(session, realm);
        OwnerCandidates candidates = new OwnerCandidates(session, realm, role);
        List<String> ids = realm.isOrganizationsEnabled()
                ? candidates.ofOrganizations(clinicIds, MOST_CANDIDATES)
                : candidates.ofRealm(MOST_CANDIDATES);
        return ids.stream()
                .filter(id -> !id.equals(person.getId())) // has a mail of their own
                .map(id -> session.users().getUserById(realm, id))
                .filter(Objects::nonNull)
                .flatMap(owner -> Stream.ofNullable(told(owner, about, directory, clinicIds)))
                .limit(MOST)
                .toList();
    }

    private static @Nullable Told told(
            UserModel owner, Person about, ClinicDirectory directory, Collection<String> clinicIds) {
        List<Clinic> common = directory.ownedBy(owner).stream()
                .filter(clinic -> clinicIds.contains(clinic.id()))
                .toList();
        return owner.isEnabled() && AccessPolicy.oversees(common, about)
                ? new Told(owner, common, AccessPolicy.visibility(common, about) == Visibility.OPTED_OUT)
                : null;
    }
}
