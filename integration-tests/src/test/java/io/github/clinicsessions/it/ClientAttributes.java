package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientRepresentation;

/** Clients' attributes by which they override their realm, set as an administrator sets them. */
final class ClientAttributes {

    private ClientAttributes() {}

    static ClientRepresentation client(String clientId, String name, String value) {
        var client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setAttributes(new HashMap<>(Map.of(name, value)));
        return client;
    }

    static void create(TestRealm realm, String clientId, String name, String value) {
        try (Response response = realm.admin().clients().create(client(clientId, name, value))) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
    }

    static void set(TestRealm realm, String clientId, String name, String value) {
        var client = realm.admin().clients().findByClientId(clientId).get(0);
        client.getAttributes().put(name, value);
        realm.admin().clients().get(client.getId()).update(client);
    }

    static @Nullable String get(TestRealm realm, String clientId, String name) {
        return realm.admin()
                .clients()
                .findByClientId(clientId)
                .get(0)
                .getAttributes()
                .get(name);
    }
}
