package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** What rows keep so that owners can read their clinic's, and no more of a person than that person allows. */
class LedgerReadingIT {

    private static final String OPT_OUT_ALLOWED = "clinicSessions.optOutAllowed";

    @RegisterExtension
    static final TestRealm ONE_CLINIC = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm TWO_CLINICS = TestRealm.clinic().with(realm -> realm.put("organizationsEnabled", true));

    @Test
    void inOneClinicTheOptOutIsTowardsIt() {
        ONE_CLINIC.tokens().signIn("private");
        ONE_CLINIC.tokens().signIn("staff");

        assertThat(awaitOne(ONE_CLINIC, "private").details()).isEqualTo("{\"privateTo\":\"*\"}");
        assertThat(awaitOne(ONE_CLINIC, "staff").details()).isNull();
        assertThat(clinicsOfRows(ONE_CLINIC))
                .as("a realm-wide clinic takes no rows of its own")
                .isEmpty();

        ONE_CLINIC.update(realm -> realm.getAttributes().put(OPT_OUT_ALLOWED, "false"));
        try {
            ONE_CLINIC.user("private").logout();
            var rows = ONE_CLINIC.ledger().await(ONE_CLINIC.id(), ONE_CLINIC.userId("private"), all -> all.size() == 2);
            assertThat(rows.get(1).action()).isEqualTo("SESSION_ENDED");
            assertThat(rows.get(1).details()).as("not allowed any more").doesNotContain("privateTo");
        } finally {
            ONE_CLINIC.update(realm -> realm.getAttributes().remove(OPT_OUT_ALLOWED));
        }
    }

    /** The person is gone when the rows of their sessions could be completed. */
    @Test
    void aRowOfADeletedPersonKnowsToo() {
        var id = ONE_CLINIC.addUser("leaver", "L", "Eaver");
        var user = ONE_CLINIC.admin().users().get(id).toRepresentation();
        user.singleAttribute("sessionVisibility", "private");
        ONE_CLINIC.admin().users().get(id).update(user);
        ONE_CLINIC.tokens().signIn("leaver");
        ONE_CLINIC.ledger().await(ONE_CLINIC.id(), id, rows -> rows.size() == 1);

        ONE_CLINIC.admin().users().get(id).remove();

        var rows = ONE_CLINIC.ledger().await(ONE_CLINIC.id(), id, all -> all.size() == 2 && isDone(all.get(1)));
        assertThat(rows.get(1).cause()).isEqualTo("USER_DELETED");
        assertThat(rows.get(1).details()).endsWith("\"privateTo\":\"*\"}");
    }

    @Test
    void ofSeveralClinicsTheRowsNameEachAndWhichOfThemAllowOptingOut() {
        var north = organization("north", Map.of());
        var south = organization("south", Map.of(OPT_OUT_ALLOWED, List.of("false")));
        for (var name : List.of("private", "staff")) {
            for (var clinic : List.of(north, south)) {
                TWO_CLINICS
                        .admin()
                        .organizations()
                        .get(clinic)
                        .members()
                        .addMember(TWO_CLINICS.userId(name))
                        .close();
            }
        }
        TWO_CLINICS.tokens().signIn("private");
        TWO_CLINICS.tokens().signIn("staff");
        TWO_CLINICS.tokens().signIn("owner");

        var row = awaitOne(TWO_CLINICS, "private");
        assertThat(row.details()).isEqualTo("{\"privateTo\":\" " + north + " \"}");
        var ofStaff = awaitOne(TWO_CLINICS, "staff");
        assertThat(ofStaff.details()).isNull();
        assertThat(awaitOne(TWO_CLINICS, "owner").clinicIds())
                .as("of no clinic")
                .isNullOrEmpty();
        assertThat(clinicsOfRows(TWO_CLINICS))
                .containsExactlyInAnyOrder(
                        north + ' ' + row.id(),
                        south + ' ' + row.id(),
                        north + ' ' + ofStaff.id(),
                        south + ' ' + ofStaff.id());

        // what is past its term goes whole; not before the row has its place, which would be given to it meanwhile
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> TWO_CLINICS
                                .server()
                                .database()
                                .update(
                                        "UPDATE CLINIC_SESSION_LEDGER SET STATE = 'PENDING', CHAIN_SEQ = NULL, OCCURRED_AT = 1"
                                                + " WHERE ID = ? AND CHAIN_SEQ IS NOT NULL",
                                        row.id())
                        == 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(Set.copyOf(clinicsOfRows(TWO_CLINICS)))
                        .containsExactlyInAnyOrder(north + ' ' + ofStaff.id(), south + ' ' + ofStaff.id()));
    }

    private static LedgerRow awaitOne(TestRealm realm, String username) {
        return realm.ledger()
                .await(realm.id(), realm.userId(username), rows -> rows.size() == 1)
                .get(0);
    }

    private static boolean isDone(LedgerRow row) {
        return "DONE".equals(row.state());
    }

    private static String organization(String alias, Map<String, List<String>> attributes) {
        var organization = new OrganizationRepresentation();
        organization.setName(alias);
        organization.setAlias(alias);
        organization.addDomain(new OrganizationDomainRepresentation(alias + ".example"));
        organization.setAttributes(attributes);
        try (Response answer = TWO_CLINICS.admin().organizations().create(organization)) {
            assertThat(answer.getStatus()).isEqualTo(201);
            return answer.getLocation().getPath().replaceFirst(".*/", "");
        }
    }

    /** Clinic and row of each. */
    private static List<String> clinicsOfRows(TestRealm realm) {
        return realm.server()
                .database()
                .texts("SELECT CLINIC_ID || ' ' || LEDGER_ID FROM CLINIC_LEDGER_CLINIC WHERE REALM_ID = ?", realm.id());
    }
}
