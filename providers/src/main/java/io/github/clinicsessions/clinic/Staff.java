package io.github.clinicsessions.clinic;

import java.util.Optional;
import org.keycloak.models.UserModel;

/** The people whom somebody oversees: the same for pages and REST, for owners and administrators. */
public final class Staff {

    private final Oversight oversight;

    public Staff(Oversight oversight) {
        this.oversight = oversight;
    }

    /** Empty for whomever they do not oversee, as for a person who does not exist. */
    public Optional<OverseenPerson> find(String userId) {
        UserModel user = oversight.session().users().getUserById(oversight.realm(), userId);
        if (user == null) {
            return Optional.empty();
        }
        Person person = Persons.of(oversight.session(), oversight.realm(), user);
        boolean overseen = oversight.isAdministrator()
                ? !person.serviceAccount()
                : AccessPolicy.oversees(oversight.clinics(), person);
        return overseen ? Optional.of(new OverseenPerson(oversight, user, person)) : Optional.empty();
    }
}
