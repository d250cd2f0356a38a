package io.github.clinicsessions.clinic;

import io.github.clinicsessions.clinic.StaffMember.Visibility;
import io.github.clinicsessions.clinic.jpa.Administration;
import io.github.clinicsessions.clinic.jpa.OptedOut;
import io.github.clinicsessions.clinic.jpa.StaffQuery;
import io.github.clinicsessions.session.SessionDirectory;
import io.github.clinicsessions.session.SessionSummary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Lists the staff of clinics. A page takes a number of queries that does not depend on how many staff or sessions there are: one
 * for the page, one for the total unless it is the last page, one for sessions (and one for their identity providers, if any), one for who has opted out, and those of {@link Administration}, as many as
 * roles and groups are nested deep. Without persistent user sessions there are no rows to count: sessions are then asked of
 * Keycloak person by person, see {@link SessionDirectory#summaries}.
 *
 * <p>Only persons who have a row in Keycloak's own table of users are listed: local ones, and those of directories that import
 * (LDAP's default). Users of a storage provider that does not import are in no table.
 */
public final class StaffDirectory {

    private final KeycloakSession session;

    public StaffDirectory(KeycloakSession session) {
        this.session = session;
    }

    /**
     * A page of the list, by user name.
     *
     * @param search words, each of which must be part of the user name, first name, last name or e-mail address, in capital or
     *     small letters; no character is special. Blank for everybody. To be bounded by the caller: each word costs time
     * @param first how many to leave out, 0 or more
     * @param max the longest page, 1 or more; to be bounded by the caller
     */
    public StaffPage list(RealmModel realm, StaffScope scope, String search, int first, int max) {
        if (!scope.everybody()
                && scope.rule() instanceof StaffScope.OfOrganizations organizations
                && organizations.ids().isEmpty()) {
            return StaffPage.EMPTY;
        }
        StaffQuery query = new StaffQuery(session, realm, scope, search);
        List<StaffQuery.Row> rows = query.page(first, max);
        // A page that is not full is the last one, if there is anything on it: to count would be to search a second
        // time.
        boolean last = rows.size() < max && (first == 0 || !rows.isEmpty());
        long total = last ? (long) first + rows.size() : query.total();
        if (rows.isEmpty()) {
            return new StaffPage(List.of(), total);
        }
        List<String> ids = rows.stream().map(StaffQuery.Row::id).toList();
        Map<String, SessionSummary> sessions = new SessionDirectory(session).summaries(realm, ids);
        Set<String> optedOut = OptedOut.among(session, scope.rule(), ids);
        return new StaffPage(
                rows.stream()
                        .map(row -> member(
                                row, sessions.getOrDefault(row.id(), SessionSummary.NONE), optedOut.contains(row.id())))
                        .toList(),
                total);
    }

    private static StaffMember member(StaffQuery.Row row, SessionSummary sessions, boolean optedOut) {
        return new StaffMember(
                row.id(),
                row.username(),
                displayName(row.username(), row.firstName(), row.lastName()),
                row.enabled(),
                sessions.count(),
                optedOut ? null : sessions.lastActiveAt(),
                optedOut ? Visibility.OPTED_OUT : Visibility.VISIBLE);
    }

    /** First and last name as far as there are any, otherwise the user name. Pure. */
    static String displayName(String username, @Nullable String firstName, @Nullable String lastName) {
        String name = Stream.of(part(firstName), part(lastName))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? username : name;
    }

    private static String part(@Nullable String name) {
        return name == null ? "" : name.strip();
    }
}
