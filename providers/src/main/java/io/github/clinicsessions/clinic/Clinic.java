package io.github.clinicsessions.clinic;

import org.jspecify.annotations.Nullable;

/**
 * What an owner oversees: an organization of a realm that has them switched on, otherwise the realm.
 *
 * @param id the organization's, or the realm's
 * @param alias the organization's; null for the realm
 * @param name as people call it
 * @param optOutAllowed whether its staff may opt out of being seen by the owner
 */
public record Clinic(String id, @Nullable String alias, String name, boolean optOutAllowed) {

    /** Whether the clinic is the whole realm. */
    public boolean isRealm() {
        return alias == null;
    }
}
