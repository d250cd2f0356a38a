package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.keycloak.representations.idm.AdminEventRepresentation;

/** The admin events that an owner's calls leave. */
final class OwnersEvents {

    private final TestRealm realm;

    OwnersEvents(TestRealm realm) {
        this.realm = realm;
    }

    List<AdminEventRepresentation> all(String resourceType) {
        return realm.admin().getAdminEvents().stream()
                .filter(event -> event.getResourceType().equals(resourceType))
                .toList();
    }

    /** There has to be exactly one. */
    AdminEventRepresentation one(String resourceType) {
        var events = all(resourceType);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    void assertIsOwners(AdminEventRepresentation event) {
        assertThat(event.getAuthDetails().getUserId()).isEqualTo(realm.userId("owner"));
        assertThat(event.getAuthDetails().getRealmId()).isEqualTo(realm.id());
        assertThat(event.getAuthDetails().getIpAddress()).isEqualTo("127.0.0.1");
        assertThat(event.getAuthDetails().getClientId())
                .isEqualTo(realm.admin()
                        .clients()
                        .findByClientId(Tokens.APP)
                        .get(0)
                        .getId());
        assertThat(event.getError()).isNull();
    }
}
