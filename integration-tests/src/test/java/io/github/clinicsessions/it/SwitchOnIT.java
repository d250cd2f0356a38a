package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;

/** Switching a realm on gives it the role and the user attribute, through every door, and takes nothing. */
class SwitchOnIT {

    private static final String ROLE = "clinic-owner";
    private static final String ATTRIBUTE = "sessionVisibility";
    private static final List<String> ON = List.of("jboss-logging", "clinic-sessions");

    @RegisterExtension
    static final TestRealm BY_REALM_SETTINGS = bare();

    @RegisterExtension
    static final TestRealm BY_EVENT_SETTINGS = bare();

    @RegisterExtension
    static final TestRealm BY_IMPORT = bare().listeners("jboss-logging", "clinic-sessions");

    @Test
    void byTheRealmsSettings() {
        assertHasNothing(BY_REALM_SETTINGS);

        BY_REALM_SETTINGS.update(realm -> realm.setEventsListeners(ON));

        assertHasAll(BY_REALM_SETTINGS);
    }

    @Test
    void byTheEventSettings() {
        assertHasNothing(BY_EVENT_SETTINGS);
        var before = BY_EVENT_SETTINGS.admin().toRepresentation().getSsoSessionIdleTimeout();
        var events = BY_EVENT_SETTINGS.admin().getRealmEventsConfig();
        events.setEventsListeners(ON);

        BY_EVENT_SETTINGS.admin().updateRealmEventsConfig(events);

        assertHasAll(BY_EVENT_SETTINGS);
        assertThat(BY_EVENT_SETTINGS.admin().toRepresentation().getSsoSessionIdleTimeout())
                .isEqualTo(before);

        events.setEventsListeners(List.of("jboss-logging"));
        BY_EVENT_SETTINGS.admin().updateRealmEventsConfig(events);
        assertHasAll(BY_EVENT_SETTINGS);
    }

    @Test
    void byImport() {
        assertHasAll(BY_IMPORT);
        assertThat(BY_IMPORT.admin().roles().get(ROLE).getUserMembers()).isEmpty();
    }

    /** The demo realm without what switching on is to bring. */
    private static TestRealm bare() {
        return TestRealm.stock().with(json -> {
            json.remove("roles");
            ((ObjectNode) json.path("components")).remove("org.keycloak.userprofile.UserProfileProvider");
            json.remove("users");
        });
    }

    private static void assertHasNothing(TestRealm realm) {
        assertThat(roles(realm)).doesNotContain(ROLE);
        assertThat(attributes(realm)).doesNotContain(ATTRIBUTE);
    }

    private static void assertHasAll(TestRealm realm) {
        assertThat(roles(realm)).contains(ROLE);
        assertThat(attributes(realm)).contains("username", "email", "firstName", "lastName", ATTRIBUTE);
        var permissions = realm.admin()
                .users()
                .userProfile()
                .getConfiguration()
                .getAttribute(ATTRIBUTE)
                .getPermissions();
        assertThat(permissions.getEdit()).isEqualTo(Set.of("admin"));
        assertThat(permissions.getView()).isEqualTo(Set.of("admin", "user"));
    }

    private static List<String> roles(TestRealm realm) {
        return realm.admin().roles().list().stream()
                .map(RoleRepresentation::getName)
                .toList();
    }

    private static List<String> attributes(TestRealm realm) {
        return realm.admin().users().userProfile().getConfiguration().getAttributes().stream()
                .map(UPAttribute::getName)
                .toList();
    }
}
