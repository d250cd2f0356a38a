package io.github.clinicsessions.timeout.jpa;

import io.github.clinicsessions.platform.IdleSettings;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.OrganizationEntity;

/**
 * What the organizations of a realm say about idle time, of those that say anything: one query, however many there are. Keycloak
 * keeps an organization's attributes with its hidden group.
 */
public final class OrganizationTimeouts {

    private OrganizationTimeouts() {}

    /** An organization's settings. */
    public record OfOrganization(String id, boolean enabled, IdleSettings settings) {}

    /**
     * The longest time-out that an organization of the realm has which is enabled: minutes; empty if none has one, or the realm
     * has no organizations.
     */
    public static OptionalInt longestMinutes(KeycloakSession session, RealmModel realm) {
        return realm.isOrganizationsEnabled()
                ? of(session, realm).stream()
                        .filter(OfOrganization::enabled)
                        .flatMapToInt(one -> one.settings().minutes().stream())
                        .max()
                : OptionalInt.empty();
    }

    /** In the order of ids. */
    public static List<OfOrganization> of(KeycloakSession session, RealmModel realm) {
        Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
        Map<String, Boolean> enabled = new HashMap<>();
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select new " + Row.class.getName() + "(o.id, o.enabled, a.name, a.value) from "
                                + OrganizationEntity.class.getSimpleName() + " o, "
                                + GroupAttributeEntity.class.getSimpleName()
                                + " a where o.realmId = :realmId and a.group.id = o.groupId and a.name like :names"
                                + " order by o.id, a.name, a.id",
                        Row.class)
                .setParameter("realmId", realm.getId())
                .setParameter("names", RealmSettings.IDLE_TIMEOUT_MINUTES + "%")
                .getResultStream()
                .forEach(row -> {
                    attributes.computeIfAbsent(row.id(), id -> new HashMap<>()).putIfAbsent(row.name(), row.value());
                    enabled.put(row.id(), row.enabled());
                });
        return attributes.entrySet().stream()
                .map(one -> new OfOrganization(
                        one.getKey(),
                        Boolean.TRUE.equals(enabled.get(one.getKey())),
                        IdleSettings.ofAttributes("organization " + one.getKey(), one.getValue())))
                .toList();
    }

    /** What of a row is read. Public for Hibernate, which makes it. */
    public record Row(String id, boolean enabled, String name, String value) {}
}
