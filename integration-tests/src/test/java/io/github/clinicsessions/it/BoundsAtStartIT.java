package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What was set while the jars were not there is bounded when a server starts. It is put there by SQL, past the server that is
 * running, and looked at by SQL, because that server's caches do not hear of the one that starts.
 */
class BoundsAtStartIT {

    @RegisterExtension
    static final TestRealm ON = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    @Test
    void aStartBringsRealmsThatAreOnWithinBounds() throws SQLException {
        for (var realm : new TestRealm[] {ON, OFF}) {
            execute("UPDATE REALM SET ACCESS_TOKEN_LIFESPAN = 600, SSO_IDLE_TIMEOUT = 36000 WHERE ID = ?", realm.id());
            insertOverride(realm, "access.token.lifespan", "-1");
            insertOverride(realm, "client.session.idle.timeout", "30000");
        }
        var before = Instant.now().getEpochSecond();
        var another = ON.server().another();
        assumeTrue(another.isPresent(), "no second server here");
        another.get().close();

        assertThat(realmLifespan(ON)).isEqualTo("120");
        assertThat(override(ON, "access.token.lifespan")).isEqualTo("120");
        assertThat(realmIdle(ON)).isEqualTo("14400");
        assertThat(override(ON, "client.session.idle.timeout")).isEqualTo("14400");
        assertThat(SettingRows.of(ON))
                .allSatisfy(row -> {
                    assertThat(row.actorType()).isEqualTo("SYSTEM");
                    assertThat(row.actorId()).isNull();
                    assertThat(row.userId()).isEqualTo("-");
                })
                .extracting(SettingRows::change)
                .containsExactlyInAnyOrder("600→120", "-1→120", "36000→14400", "30000→14400");
        assertThat(Long.parseLong(select(
                        "SELECT VALUE FROM REALM_ATTRIBUTE WHERE NAME = 'clinicSessions.tokensUntil' AND REALM_ID = ?",
                        ON.id())))
                .isBetween(before + 43_200, Instant.now().getEpochSecond() + 43_200);

        assertThat(realmLifespan(OFF)).isEqualTo("600");
        assertThat(override(OFF, "access.token.lifespan")).isEqualTo("-1");
        assertThat(realmIdle(OFF)).isEqualTo("36000");
        assertThat(override(OFF, "client.session.idle.timeout")).isEqualTo("30000");
        assertThat(SettingRows.of(OFF)).isEmpty();
    }

    private static String realmLifespan(TestRealm realm) throws SQLException {
        return select("SELECT ACCESS_TOKEN_LIFESPAN FROM REALM WHERE ID = ?", realm.id());
    }

    private static String realmIdle(TestRealm realm) throws SQLException {
        return select("SELECT SSO_IDLE_TIMEOUT FROM REALM WHERE ID = ?", realm.id());
    }

    private static void insertOverride(TestRealm realm, String name, String value) throws SQLException {
        execute(
                "INSERT INTO CLIENT_ATTRIBUTES (CLIENT_ID, NAME, VALUE)"
                        + " SELECT ID, '" + name + "', '" + value + "' FROM CLIENT"
                        + " WHERE CLIENT_ID = 'clinic-app' AND REALM_ID = ?",
                realm.id());
    }

    private static String override(TestRealm realm, String name) throws SQLException {
        return select(
                "SELECT VALUE FROM CLIENT_ATTRIBUTES A JOIN CLIENT C ON C.ID = A.CLIENT_ID"
                        + " WHERE C.CLIENT_ID = 'clinic-app' AND A.NAME = '" + name + "' AND C.REALM_ID = ?",
                realm.id());
    }

    private static void execute(String sql, String realmId) throws SQLException {
        try (var connection = ON.server().database().connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, realmId);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static String select(String sql, String realmId) throws SQLException {
        try (var connection = ON.server().database().connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, realmId);
            try (var result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getString(1);
            }
        }
    }
}
