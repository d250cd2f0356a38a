package io.github.clinicsessions.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.AccessToken;

class TokenRolesTest {

    private static final String ROLE = "clinic-owner";
    private static final Clinic REALM = new Clinic("r", null, "Clinic", true);
    private static final Clinic NORTH = new Clinic("n", "north", "North", true);

    @Test
    void ofTheRealm() {
        assertThat(carries(REALM, "{\"realm_access\":{\"roles\":[\"x\",\"clinic-owner\"]}}"))
                .isTrue();
        assertThat(carries(REALM, "{\"realm_access\":{\"roles\":[\"x\"]}}")).isFalse();
        assertThat(carries(REALM, "{\"realm_access\":{}}")).isFalse();
        assertThat(carries(REALM, "{}")).isFalse();
    }

    @Test
    void ofAnOrganization() {
        String token =
                "{\"organization\":{\"north\":{\"groups\":[\"/owners\"],\"realm_access\":{\"roles\":[\"clinic-owner\"]}},"
                        + "\"south\":{\"groups\":[]}}}";

        assertThat(carries(NORTH, token)).isTrue();
        assertThat(carries(new Clinic("s", "south", "South", true), token)).isFalse();
        assertThat(carries(new Clinic("w", "west", "West", true), token)).isFalse();
        assertThat(carries(REALM, token))
                .as("an organization's role is not the realm's")
                .isFalse();
    }

    @Test
    void theRealmsRoleIsNoOrganizations() {
        assertThat(carries(NORTH, "{\"realm_access\":{\"roles\":[\"clinic-owner\"]}}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[\"north\"]",
                "\"north\"",
                "{\"north\":null}",
                "{\"north\":\"clinic-owner\"}",
                "{\"north\":[\"clinic-owner\"]}",
                "{\"north\":{\"realm_access\":null}}",
                "{\"north\":{\"realm_access\":\"clinic-owner\"}}",
                "{\"north\":{\"realm_access\":[\"clinic-owner\"]}}",
                "{\"north\":{\"realm_access\":{\"roles\":null}}}",
                "{\"north\":{\"realm_access\":{\"roles\":\"clinic-owner\"}}}",
                "{\"north\":{\"realm_access\":{\"roles\":{\"clinic-owner\":true}}}}",
                "{\"north\":{\"realm_access\":{\"roles\":[[\"clinic-owner\"]]}}}",
                "{\"north\":{\"realm_access\":{\"roles\":[\"CLINIC-OWNER\",\"clinic-owner \",null,1]}}}",
                "{\"north\":{\"resource_access\":{\"account\":{\"roles\":[\"clinic-owner\"]}}}}",
                "{\"north\":{\"groups\":[\"clinic-owner\"]}}",
                "{\"North\":{\"realm_access\":{\"roles\":[\"clinic-owner\"]}}}",
                "{\"realm_access\":{\"roles\":[\"clinic-owner\"]}}",
                "{\"\":{\"realm_access\":{\"roles\":[\"clinic-owner\"]}}}"
            })
    void nothingElseCarriesIt(String organizations) {
        assertThat(carries(NORTH, "{\"organization\":" + organizations + "}")).isFalse();
    }

    @Property
    void anAliasIsTakenAsItIs(@ForAll String alias) {
        AccessToken token = new AccessToken();
        token.getOtherClaims()
                .put("organization", Map.of(alias, Map.of("realm_access", Map.of("roles", List.of(ROLE)))));

        assertThat(TokenRoles.carries(token, new Clinic("n", alias, "N", true), ROLE))
                .isTrue();
        assertThat(TokenRoles.carries(token, new Clinic("n", alias + "x", "N", true), ROLE))
                .isFalse();
    }

    private static boolean carries(Clinic clinic, String json) {
        try {
            return TokenRoles.carries(new ObjectMapper().readValue(json, AccessToken.class), clinic, ROLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
