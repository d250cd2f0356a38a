package io.github.clinicsessions.clinic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/** The people whom somebody oversees: the same for pages and REST, for owners and administrators. */
public final class Staff {

    /** Of Keycloak's columns; an id of a directory that does not import holds a user name. */
    private static final int LONGEST_ID = 255;

    /** Begins the id of a user of a directory that does not import; the directory's id and another colon follow. */
    private static final String DIRECTORY = "f:";

    private final Oversight oversight;

    public Staff(Oversight oversight) {
        this.oversight = oversight;
    }

    /**
     * A page of the list, by user name.
     *
     * @param search words, each of which must be part of a name or the e-mail address; blank for everybody. To be bounded by
     *     the caller
     * @param first how many to leave out, 0 or more
     * @param max 1 or more; to be bounded by the caller
     */
    public StaffPage list(String search, int first, int max) {
        return new StaffDirectory(oversight.session()).list(oversight.realm(), scope(), search, first, max);
    }

    private StaffScope scope() {
        List<Clinic> clinics = oversight.clinics();
        StaffScope scope;
        if (!oversight.realm().isOrganizationsEnabled()) {
            scope = StaffScope.ofRealm(clinics.stream().allMatch(Clinic::optOutAllowed));
        } else {
            Map<String, Boolean> allowed =
                    clinics.stream().collect(Collectors.toUnmodifiableMap(Clinic::id, Clinic::optOutAllowed));
            scope = oversight.isOfWholeRealm()
                    ? StaffScope.ofRealmWithOrganizations(allowed)
                    : StaffScope.ofOrganizations(allowed);
        }
        return oversight.isAdministrator() ? scope.withAdministrators() : scope;
    }

    /** Empty for whomever they do not oversee, as for a person who does not exist. */
    public Optional<OverseenPerson> find(String userId) {
        if (!isPossible(userId)) {
            return Optional.empty();
        }
        return overseen(oversight.session().users().getUserById(oversight.realm(), userId));
    }

    /** As {@link #find}, by the whole user name. */
    public Optional<OverseenPerson> findByUsername(String username) {
        if (username.length() > LONGEST_ID || username.indexOf('\0') >= 0) {
            return Optional.empty(); // as above
        }
        return overseen(oversight.session().users().getUserByUsername(oversight.realm(), username));
    }

    private Optional<OverseenPerson> overseen(@Nullable UserModel user) {
        if (user == null) {
            return Optional.empty();
        }
        Person person = Persons.of(oversight.session(), oversight.realm(), user);
        boolean overseen = oversight.isAdministrator()
                ? AccessPolicy.administers(oversight.clinics(), oversight.isOfWholeRealm(), person)
                : AccessPolicy.oversees(oversight.clinics(), person);
        return overseen ? Optional.of(new OverseenPerson(oversight, user, person)) : Optional.empty();
    }

    /** Not what the database would refuse, nor what Keycloak's {@code StorageId} throws at. */
    private static boolean isPossible(String userId) {
        boolean ofDirectory = userId.startsWith(DIRECTORY);
        return userId.length() <= LONGEST_ID
                && userId.indexOf('\0') < 0
                && (!ofDirectory || userId.indexOf(':', DIRECTORY.length()) > 0);
    }
}
