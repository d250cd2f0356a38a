package io.github.clinicsessions.clinic;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose list it is: which persons are on it, and of whom opting out is respected. Service accounts are on no list.
 *
 * @param everybody whether all persons of the realm are on it, otherwise the members of the rule's organizations
 * @param administrators whether persons are on it who administer Keycloak; for an owner they do not exist
 */
public record StaffScope(boolean everybody, Rule rule, boolean administrators) {

    /** Of whom opting out is respected. */
    public sealed interface Rule {}

    /** The realm is the clinic. */
    public record OfRealm(boolean optOutAllowed) implements Rule {}

    /**
     * Organizations are the clinics: opting out holds towards those that allow it, so that it holds for a member of such a one
     * who is not a member of another of them that does not. An organization that is disabled does not count here.
     *
     * @param optOutAllowed by the organization's id
     */
    public record OfOrganizations(Map<String, Boolean> optOutAllowed) implements Rule {

        public OfOrganizations {
            optOutAllowed = Map.copyOf(optOutAllowed);
        }

        public Set<String> ids() {
            return optOutAllowed.keySet();
        }

        public Set<String> allowing(boolean allowed) {
            return optOutAllowed.entrySet().stream()
                    .filter(organization -> organization.getValue() == allowed)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** The staff of a clinic that is the realm. */
    public static StaffScope ofRealm(boolean optOutAllowed) {
        return new StaffScope(true, new OfRealm(optOutAllowed), false);
    }

    /** The staff of any of these organizations; of none: nobody. */
    public static StaffScope ofOrganizations(Map<String, Boolean> optOutAllowed) {
        return new StaffScope(false, new OfOrganizations(optOutAllowed), false);
    }

    /** Everybody of a realm with organizations, those who belong to none of them too. */
    public static StaffScope ofRealmWithOrganizations(Map<String, Boolean> optOutAllowed) {
        return new StaffScope(true, new OfOrganizations(optOutAllowed), false);
    }

    /** The same, with those who administer Keycloak. */
    public StaffScope withAdministrators() {
        return new StaffScope(everybody, rule, true);
    }
}
