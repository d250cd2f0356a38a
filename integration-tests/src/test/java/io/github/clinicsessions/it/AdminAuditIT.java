package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The admin REST calls about the ledger: every clinic's rows, for whoever may see events, masked as for owners. */
class AdminAuditIT {

    @RegisterExtension
    static final TestRealm CLINICS = TestRealm.clinics();

    @RegisterExtension
    static final TestRealm CLINIC = TestRealm.clinic();

    @Test
    void rowsOfEveryClinicAndOfNone() {
        for (var name : List.of("north-staff", "south-staff", "visitor")) {
            CLINICS.tokens().signIn(name);
        }
        var admin = AdminApi.of(CLINICS);

        Awaitility.await("rows are written after the sign-in")
                .atMost(Duration.ofSeconds(10))
                .until(() -> people(admin.get("audit")).containsAll(List.of("north-staff", "south-staff", "visitor")));
        assertThat(people(admin.get("audit?clinic=north")))
                .contains("north-staff")
                .doesNotContain("south-staff", "visitor");
        assertThat(people(admin.get("audit?user=" + CLINICS.userId("visitor")))).containsOnly("visitor");
        assertThat(rows(admin.get("audit?max=1"))).hasSize(1);
        assertThat(admin.get("audit?cause=BORED&max=0").json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactlyInAnyOrder("cause", "max");
        assertThat(admin.get("audit?clinic=west").status()).isEqualTo(404);

        var file = admin.get("audit.csv");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.body()).contains("north-staff", "south-staff", "visitor");
        assertThat(admin.get("audit.csv?clinic=south").body())
                .contains("south-staff")
                .doesNotContain("north-staff");
    }

    @Test
    void whoHasOptedOutIsNotNamed() {
        CLINIC.tokens().signIn("private");
        CLINIC.tokens().signIn("staff");
        var admin = AdminApi.of(CLINIC);

        Awaitility.await("rows are written after the sign-in")
                .atMost(Duration.ofSeconds(10))
                .until(() -> rows(admin.get("audit")).size() == 2);

        assertThat(people(admin.get("audit"))).containsExactlyInAnyOrder("staff", "");
        assertThat(rows(admin.get("audit?user=" + CLINIC.userId("private")))).isEmpty();
        assertThat(admin.get("audit.csv").body()).contains("staff").doesNotContain("private");
    }

    @Test
    void viewEventsDecides() {
        AdminApi.grant(CLINICS, "north-nurse", "view-events");
        AdminApi.grant(CLINICS, "south-doctor", "view-users", "manage-users", "view-realm", "manage-realm");

        assertThat(AdminApi.of(CLINICS, "north-nurse").get("audit").status()).isEqualTo(200);
        assertThat(AdminApi.of(CLINICS, "north-nurse").get("audit.csv").status())
                .isEqualTo(200);
        assertThat(AdminApi.of(CLINICS, "south-doctor").get("audit").status()).isEqualTo(404);
        assertThat(AdminApi.of(CLINICS, "south-doctor").get("audit.csv").status())
                .isEqualTo(404);
        assertThat(AdminApi.withToken(CLINICS, "none").get("audit").status()).isEqualTo(401);
    }

    /** An empty name of a row that names nobody. */
    private static List<String> people(Answer answer) {
        return rows(answer).stream().map(row -> row.path("username").asText("")).toList();
    }

    private static List<JsonNode> rows(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("rows").spliterator(), false)
                .toList();
    }
}
