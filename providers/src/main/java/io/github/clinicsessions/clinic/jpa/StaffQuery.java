package io.github.clinicsessions.clinic.jpa;

import io.github.clinicsessions.clinic.StaffScope;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The persons of a scope who match a search. */
public final class StaffQuery {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private final EntityManager entityManager;
    private final Where where = new Where();

    public StaffQuery(KeycloakSession session, RealmModel realm, StaffScope scope, String search) {
        entityManager = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        where.and("u.realmId = " + where.parameter(realm.getId()));
        where.and("u.serviceAccountClientLink is null");
        if (!scope.everybody() && scope.rule() instanceof StaffScope.OfOrganizations organizations) {
            where.and(Members.of(where, "u", organizations.ids(), false));
        }
        if (!scope.administrators()) {
            Administration.of(entityManager, realm).exclude(where);
        }
        words(search).forEach(word -> where.and(contains(where.parameter(word))));
    }

    /** What of a person is read. Public for Hibernate, which makes it. */
    public record Row(
            String id,
            String username,
            @Nullable String firstName,
            @Nullable String lastName,
            boolean enabled) {}

    /** By user name. */
    public List<Row> page(int first, int max) {
        return where.fill(entityManager.createQuery(
                        "select new " + Row.class.getName()
                                + "(u.id, u.username, u.firstName, u.lastName, u.enabled) from UserEntity u" + where
                                + " order by u.username",
                        Row.class))
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    public long total() {
        return where.fill(entityManager.createQuery("select count(u.id) from UserEntity u" + where, Long.class))
                .getSingleResult();
    }

    /** In small letters, each once. */
    static List<String> words(String search) {
        return Arrays.stream(BETWEEN_WORDS.split(search.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * By place, not by pattern: which characters are special in a pattern differs from database to database. User names and
     * addresses are stored in small letters ({@code JpaUserProvider} relies on it too).
     */
    private static String contains(String word) {
        return "(locate(%1$s, u.username) > 0 or locate(%1$s, u.email) > 0"
                .concat(" or locate(%1$s, lower(u.lastName)) > 0 or locate(%1$s, lower(u.firstName)) > 0)")
                .formatted(word);
    }
}
