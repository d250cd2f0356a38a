package io.github.clinicsessions.clinic;

import io.github.clinicsessions.platform.Clinics;
import io.github.clinicsessions.platform.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.storage.ReadOnlyException;

/**
 * A person leaves a clinic: all their sessions end, and whoever belongs to no other clinic is disabled; whoever does only
 * leaves. Whether the caller may has been asked of {@link AccessPolicy}.
 *
 * <p>First the person is locked out, which commits, then the sessions end: the other way round they could sign in again in
 * between. Of whoever only leaves they end before too, because a row of the ledger names the clinics of its moment.
 */
public final class Offboarding {

    private final Oversight oversight;

    public Offboarding(Oversight oversight) {
        this.oversight = oversight;
    }

    /**
     * What it came to.
     *
     * @param ended how many sessions, of those that there were to see
     * @param disabled whether the person can sign in nowhere any more; otherwise they have left the clinic
     */
    public record Outcome(int ended, boolean disabled) {}

    /** The person is of a directory that Keycloak may not write to: they must be locked there. */
    public static final class ReadOnlyDirectoryException extends Exception {
        private static final long serialVersionUID = 1;

        ReadOnlyDirectoryException(ReadOnlyException cause) {
            super(cause);
        }
    }

    /** Whether the person would be disabled; otherwise they would only leave the clinic. */
    public boolean wouldDisable(OverseenPerson person) {
        return !belongsElsewhere(person);
    }

    /**
     * Does it.
     *
     * @throws ReadOnlyDirectoryException nothing was changed then; of whoever was to be disabled no session has ended
     */
    public Outcome offboard(OverseenPerson person) throws ReadOnlyDirectoryException {
        RealmModel realm = oversight.realm();
        String userId = person.user().getId();
        boolean disable = wouldDisable(person);
        Set<String> leaving = leaving(person);
        int seen = person.count();
        if (!disable) {
            person.endAll(); // while the rows still name the clinic that is left; what begins until then ends below
        }
        try {
            Transactions.inNew(oversight.session(), realm, (own, ownRealm) -> {
                UserModel user = own.users().getUserById(ownRealm, userId);
                if (user != null && disable) {
                    user.setEnabled(false);
                } else if (user != null) {
                    leaving.forEach(id -> leave(own, ownRealm, user, id));
                }
                return leaving;
            });
        } catch (ReadOnlyException e) {
            throw new ReadOnlyDirectoryException(e);
        }
        boolean disabled = disable || disableIfLeftAlone(realm, userId);
        person.endAll();
        if (disabled) {
            oversight
                    .event()
                    .operation(OperationType.UPDATE)
                    .resource(ResourceType.USER)
                    .resourcePath("users", userId)
                    .representation(Map.of("enabled", false))
                    .success();
        }
        if (!disable) {
            leaving.forEach(id -> oversight
                    .event()
                    .operation(OperationType.DELETE)
                    .resource(ResourceType.ORGANIZATION_MEMBERSHIP)
                    .resourcePath("organizations", id, "members", userId)
                    .representation(Map.of("id", userId))
                    .success());
        }
        return new Outcome(seen, disabled);
    }

    /** Another owner may have made them leave the other clinics in the same moment: whoever looks last after leaving sees it. */
    private boolean disableIfLeftAlone(RealmModel realm, String userId) {
        return Transactions.inNew(oversight.session(), realm, (own, ownRealm) -> {
            UserModel user = own.users().getUserById(ownRealm, userId);
            boolean alone = user != null && Clinics.idsOf(own, ownRealm, user).isEmpty();
            if (alone && user.isEnabled()) {
                user.setEnabled(false);
            }
            return alone;
        });
    }

    /** Which clinics the person would leave. */
    public List<Clinic> leaves(OverseenPerson person) {
        return oversight.clinics().stream()
                .filter(clinic -> person.person().clinicIds().contains(clinic.id()))
                .toList();
    }

    private Set<String> leaving(OverseenPerson person) {
        return leaves(person).stream().map(Clinic::id).collect(Collectors.toUnmodifiableSet());
    }

    /** An organization that is disabled counts: it may be enabled again. */
    private boolean belongsElsewhere(OverseenPerson person) {
        List<String> all = Clinics.idsOf(oversight.session(), oversight.realm(), person.user());
        return !leaving(person).containsAll(all);
    }

    /**
     * Not {@code OrganizationProvider#removeMember}, which deletes a person whom the organization's own identity provider has
     * brought from the whole realm. Without the link to that provider they do not come back by it.
     */
    private static void leave(KeycloakSession own, RealmModel realm, UserModel user, String organizationId) {
        OrganizationProvider organizations = own.getProvider(OrganizationProvider.class);
        OrganizationModel organization = organizations.getById(organizationId);
        if (organization == null) {
            return;
        }
        if (!organizations.isManagedMember(organization, user)) {
            organizations.removeMember(organization, user);
            return;
        }
        OrganizationModel before = own.getContext().getOrganization();
        own.getContext().setOrganization(organization); // else Keycloak takes the group for one that is not there
        try {
            List<GroupModel> groups = organizations
                    .getOrganizationGroupsByMember(organization, user)
                    .toList();
            groups.forEach(user::leaveGroup);
            user.leaveGroup(organizations.getOrganizationGroup(organization));
        } finally {
            own.getContext().setOrganization(before);
        }
        organizations
                .getIdentityProviders(organization)
                .forEach(provider -> own.users().removeFederatedIdentity(realm, user, provider.getAlias()));
        OrganizationModel.OrganizationMemberLeaveEvent.fire(organization, user, own);
    }
}
