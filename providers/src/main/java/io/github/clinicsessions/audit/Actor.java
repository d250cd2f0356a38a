package io.github.clinicsessions.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who did it.
 *
 * @param id the acting user's id, null for {@link Type#SYSTEM}
 * @param name the acting user's name at that time, null for {@link Type#SYSTEM}
 */
public record Actor(
        Type type, @Nullable String id, @Nullable String name) {

    /** In which capacity. Names are stored: never renamed. */
    public enum Type {
        SELF,
        OWNER,
        ADMIN,
        SYSTEM
    }

    /** Nobody: a rule, or whoever Keycloak does not tell. */
    public static final Actor SYSTEM = new Actor(Type.SYSTEM, null, null);

    public static Actor self(String userId, @Nullable String username) {
        return new Actor(Type.SELF, userId, username);
    }
}
