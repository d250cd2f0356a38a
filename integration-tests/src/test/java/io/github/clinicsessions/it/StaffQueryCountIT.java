package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** How many SQL statements a page of the staff's list takes: as many for 25 persons as for 525, with 1 session each or 10. */
class StaffQueryCountIT {

    private static final Logger LOG = Logger.getLogger(StaffQueryCountIT.class.getName());

    /**
     * Measured: 11. Who asks, 2; roles and groups of administrators, 4, as deep as they are nested here; the page, its sessions,
     * what was reported in them, who has opted out, the total. Some are left to rights.
     */
    private static final int STATEMENTS = 16;

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @Test
    void ofAPage() throws Exception {
        var sql = REALM.server().sqlLog();
        assumeTrue(sql.isPresent(), "a container's SQL is not logged");
        administratorsByCompositeAndGroup();
        StaffRows.add(REALM, "ab", 25, 1); // before those of the demo
        var owner = REALM.tokens().signIn("owner");
        list(owner, 20); // what is read once is read

        var few = sql.get().during(() -> list(owner, 20));
        StaffRows.add(REALM, "aa", 500, 10);
        list(owner, 20);
        var many = sql.get().during(() -> list(owner, 20));
        var longPage = sql.get().during(() -> list(owner, 100));

        LOG.info(() -> "a page of staff: " + few.size() + " and " + many.size() + " statements: " + summary(many));
        assertThat(many).as(summary(many).toString()).hasSize(few.size());
        assertThat(longPage).as(summary(longPage).toString()).hasSize(few.size());
        assertThat(few).as(summary(few).toString()).hasSizeBetween(1, STATEMENTS);
    }

    private static void list(TokenSet owner, int max) {
        var answer = Http.bearer("GET", REALM.api("staff?max=" + max), owner.accessToken(), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("staff")).hasSizeLessThanOrEqualTo(max).isNotEmpty();
        assertThat(answer.json().at("/staff/0/sessionCount").asInt()).isPositive();
    }

    private static void administratorsByCompositeAndGroup() {
        var roles = REALM.admin().roles();
        roles.create(new RoleRepresentation("it-support", null, false));
        var management = REALM.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        roles.get("it-support")
                .addComposites(List.of(REALM.admin()
                        .clients()
                        .get(management)
                        .roles()
                        .get("view-users")
                        .toRepresentation()));
        var group = new GroupRepresentation();
        group.setName("it");
        REALM.admin().groups().add(group).close();
        var id = REALM.admin().getGroupByPath("/it").getId();
        REALM.admin()
                .groups()
                .group(id)
                .roles()
                .realmLevel()
                .add(List.of(roles.get("it-support").toRepresentation()));
    }

    private static Map<String, Long> summary(List<String> statements) {
        return statements.stream()
                .map(statement -> statement.replaceAll("\\s+", " ").replaceAll("^(.{160}).*", "$1"))
                .collect(Collectors.groupingBy(statement -> statement, TreeMap::new, Collectors.counting()));
    }
}
