package io.github.clinicsessions.clinic;

import io.github.clinicsessions.platform.OptOuts;
import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.platform.RealmSetup;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Which clinics there are, who belongs to them and who owns them, as Keycloak knows it at this request. */
public final class ClinicDirectory {

    private static final Comparator<Clinic> BY_NAME =
            Comparator.comparing(Clinic::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Clinic::id);

    private final KeycloakSession session;
    private final RealmModel realm;

    public ClinicDirectory(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Every clinic of the realm, by name. */
    public List<Clinic> all() {
        return realm.isOrganizationsEnabled()
                ? sorted(organizations().getAllStream().map(this::clinic))
                : List.of(ofRealm());
    }

    /** Of this alias; empty in a realm without organizations. */
    public Optional<Clinic> byAlias(String alias) {
        return realm.isOrganizationsEnabled()
                ? Optional.ofNullable(organizations().getByAlias(alias)).map(this::clinic)
                : Optional.empty();
    }

    /** To which the person belongs, by name. An organization that is disabled is no clinic at the moment. */
    public List<Clinic> of(UserModel person) {
        return realm.isOrganizationsEnabled() ? sorted(enabled(person).map(this::clinic)) : List.of(ofRealm());
    }

    /**
     * Which the person owns, by name: the realm by its role {@value RealmSetup#OWNER_ROLE}; an organization that is enabled by
     * membership in one of its groups to which the role is mapped, or in a group below such a one.
     */
    public List<Clinic> ownedBy(UserModel person) {
        RoleModel owner = realm.getRole(RealmSetup.OWNER_ROLE);
        if (owner == null) {
            return List.of();
        }
        if (!realm.isOrganizationsEnabled()) {
            return person.hasRole(owner) ? List.of(ofRealm()) : List.of();
        }
        return sorted(enabled(person)
                .filter(organization -> organizations()
                        .getOrganizationGroupsByMember(organization, person)
                        .anyMatch(has(owner)))
                .map(this::clinic));
    }

    private Stream<OrganizationModel> enabled(UserModel person) {
        // A list first: Keycloak's stream holds a database cursor open.
        return organizations().getByMember(person).toList().stream().filter(OrganizationModel::isEnabled);
    }

    private static Predicate<GroupModel> has(RoleModel role) {
        return group -> {
            for (@Nullable GroupModel one = group; one != null; one = one.getParent()) {
                if (one.hasRole(role)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The realm as a clinic; where organizations are, what is common to them. */
    public Clinic ofRealm() {
        String name = realm.getDisplayName();
        return new Clinic(
                realm.getId(),
                null,
                name == null || name.isBlank() ? realm.getName() : name,
                RealmSettings.of(realm).optOutAllowed());
    }

    private Clinic clinic(OrganizationModel organization) {
        return new Clinic(
                organization.getId(),
                organization.getAlias(),
                organization.getName(),
                !OptOuts.allowing(session, realm, List.of(organization.getId())).isEmpty());
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    private static List<Clinic> sorted(Stream<Clinic> clinics) {
        return clinics.sorted(BY_NAME).toList();
    }
}
