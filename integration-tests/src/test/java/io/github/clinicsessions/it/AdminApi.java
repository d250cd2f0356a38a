package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An administrator's calls below {@code /admin/realms/{realm}/clinic-sessions}. */
final class AdminApi {

    private final TestRealm realm;
    private final String token;

    private AdminApi(TestRealm realm, String token) {
        this.realm = realm;
        this.token = token;
    }

    /** The server's administrator. */
    static AdminApi of(TestRealm realm) {
        return new AdminApi(realm, realm.server().adminToken());
    }

    /** A person of the realm, with what roles they have now. */
    static AdminApi of(TestRealm realm, String username) {
        return new AdminApi(realm, realm.tokens().signIn(username).accessToken());
    }

    /** Anybody. */
    static AdminApi withToken(TestRealm realm, String token) {
        return new AdminApi(realm, token);
    }

    /** Gives the person roles of the realm's client {@code realm-management}. */
    static void grant(TestRealm realm, String username, String... roles) {
        var clients = realm.admin().clients();
        var management = clients.findByClientId("realm-management").get(0).getId();
        var wanted = List.of(roles).stream()
                .map(role -> clients.get(management).roles().get(role).toRepresentation())
                .toList();
        realm.user(username).roles().clientLevel(management).add(wanted);
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    Answer post(String path, @Nullable String body) {
        return call("POST", path, body);
    }

    Answer put(String path, String body) {
        return call("PUT", path, body);
    }

    private Answer call(String method, String path, @Nullable String body) {
        return Http.bearer(method, url(path), token, body);
    }

    private String url(String path) {
        return realm.server().url() + "/admin/realms/" + realm.name() + "/clinic-sessions/" + path;
    }
}
