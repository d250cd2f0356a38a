package io.github.clinicsessions.it;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A realm of its own for a test class: a demo realm's very JSON under another name, deleted afterwards. Declare it as
 * a static {@code @RegisterExtension}.
 */
public final class TestRealm implements BeforeAllCallback, AfterAllCallback {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String KEY = newKey();

    private final Path json;
    private final Consumer<ObjectNode> change;
    private final ServerOptions options;
    private @Nullable KeycloakServer server;
    private String name = "";
    private String id = "";

    private TestRealm(Path json, Consumer<ObjectNode> change, ServerOptions options) {
        this.json = json;
        this.change = change;
        this.options = options;
    }

    /** As the demo: our listener and our theme are on. */
    public static TestRealm clinic() {
        return new TestRealm(Project.demoRealm(), json -> {}, ServerOptions.STANDARD);
    }

    /** The same with organizations {@code north} and {@code south} as its clinics. */
    public static TestRealm clinics() {
        return new TestRealm(Project.demoRealmOfClinics(), TestRealm::renewGroupIds, ServerOptions.STANDARD);
    }

    /** The jars are there and the realm has not been switched on: neither our listener nor our theme. */
    public static TestRealm stock() {
        return clinic().listeners("jboss-logging").accountTheme(null);
    }

    /** Changes the JSON before it is imported; may be called more than once. */
    public TestRealm with(Consumer<ObjectNode> further) {
        return new TestRealm(json, change.andThen(further), options);
    }

    /** On a server of the test class's own; realms of a class that name equal options share one. */
    public TestRealm on(ServerOptions other) {
        return new TestRealm(json, change, other);
    }

    public TestRealm listeners(String... listeners) {
        return with(json -> {
            var array = json.putArray("eventsListeners");
            Arrays.stream(listeners).forEach(array::add);
        });
    }

    /** {@code null} for the server's default theme. */
    public TestRealm accountTheme(@Nullable String theme) {
        return with(json -> {
            if (theme == null) {
                json.remove("accountTheme");
            } else {
                json.put("accountTheme", theme);
            }
        });
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = options.equals(ServerOptions.STANDARD)
                ? KeycloakServer.of(context)
                : KeycloakServer.of(context, options);
        name = "it" + COUNTER.incrementAndGet() + "-"
                + context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
        var created = Http.bearer("POST", server().url() + "/admin/realms", server().adminToken(), representation());
        if (created.status() != 201) {
            throw new IllegalStateException("realm " + name + ": " + created.status() + " " + created.body());
        }
        id = admin().toRepresentation().getId();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!id.isEmpty()) {
            admin().remove();
        }
    }

    public KeycloakServer server() {
        if (server == null) {
            throw new IllegalStateException("only from tests: declare the realm as a static @RegisterExtension");
        }
        return server;
    }

    public String name() {
        return name;
    }

    public String id() {
        return id;
    }

    /** {@code …/realms/{realm}}. */
    public String url() {
        return server().url() + "/realms/" + name;
    }

    /** {@code …/realms/{realm}/account/…}, the account console's or one of our pages. */
    public String account(String page) {
        return url() + "/account/" + page;
    }

    /** {@code …/realms/{realm}/clinic-sessions/v1/…}. */
    public String api(String path) {
        return url() + "/clinic-sessions/v1/" + path;
    }

    public Tokens tokens() {
        return new Tokens(url());
    }

    public Ledger ledger() {
        return new Ledger(server().database());
    }

    /** The ledger's rows about a person of this realm, oldest first. */
    public List<LedgerRow> ledgerOf(String username) {
        return ledger().rows(id, userId(username));
    }

    /** Keycloak's admin API for this realm. */
    public RealmResource admin() {
        return server().admin().realm(name);
    }

    /** Reads the realm, changes it, stores it. */
    public void update(Consumer<RealmRepresentation> edit) {
        var realm = admin().toRepresentation();
        edit.accept(realm);
        admin().update(realm);
    }

    public UserResource user(String username) {
        return admin().users().get(userId(username));
    }

    public String userId(String username) {
        var found = admin().users().searchByUsername(username, true);
        if (found.size() != 1) {
            throw new IllegalArgumentException("no user " + username + " in " + name);
        }
        return found.get(0).getId();
    }

    /** A further person; the password is the user name. */
    public String addUser(String username, String firstName, String lastName) {
        var password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(username);
        password.setTemporary(false);
        var user = new UserRepresentation();
        user.setUsername(username);
        user.setFirstName(firstName);
        user.setLastName(lastName);
        user.setEmail(username + "@clinic.example");
        user.setEmailVerified(true);
        user.setEnabled(true);
        user.setCredentials(List.of(password));
        try (Response response = admin().users().create(user)) {
            if (response.getStatus() != 201) {
                throw new IllegalStateException("user " + username + ": " + response.getStatus());
            }
        }
        return userId(username);
    }

    /** Takes all roles from the person, but for this one of the client {@code account}; null leaves none. */
    public void onlyAccountRole(String username, @Nullable String role) {
        var account = admin().clients().findByClientId("account").get(0).getId();
        var roles = user(username).roles();
        roles.realmLevel().remove(roles.realmLevel().listAll());
        roles.clientLevel(account).remove(roles.clientLevel(account).listAll());
        if (role != null) {
            roles.clientLevel(account)
                    .add(List.of(
                            admin().clients().get(account).roles().get(role).toRepresentation()));
        }
    }

    /** The server's administrator opens a session as this person; the answer's status. */
    public int impersonate(String username) {
        return impersonation(username).status();
    }

    /** The same; the answer has the session's cookies. */
    public Http.Answer impersonation(String username) {
        return Http.bearer(
                "POST",
                server().url() + "/admin/realms/" + name + "/users/" + userId(username) + "/impersonation",
                server().adminToken(),
                "{}");
    }

    /** The id of the organization of this alias. */
    public String organizationId(String alias) {
        return admin().organizations().list(0, 100).stream()
                .filter(organization -> organization.getAlias().equals(alias))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no organization " + alias + " in " + name))
                .getId();
    }

    /** Keycloak reads its sessions from the database: the person's sign-ins become older than 15 minutes. */
    public void signedInLongAgo(String username) {
        var changed = server().database()
                .update(
                        "update OFFLINE_USER_SESSION set DATA = regexp_replace(DATA, '\"AUTH_TIME\":\"[0-9]+\"',"
                                + " '\"AUTH_TIME\":\"' || (extract(epoch from now())::bigint - 901) || '\"')"
                                + " where USER_ID = ?",
                        userId(username));
        if (changed == 0) {
            throw new IllegalStateException(username + " is not signed in");
        }
    }

    /** How many sessions Keycloak itself lists for the person, offline ones not included. */
    public int sessionCount(String username) {
        return user(username).getUserSessions().size();
    }

    private String representation() {
        try {
            var realm = (ObjectNode) Http.parse(Files.readString(json));
            realm.put("realm", name);
            realm.remove("smtpServer");
            // Tests come from any address that they like to name, and without TLS.
            realm.put("sslRequired", "none");
            // Thousands of sign-ins, and none of the passwords is a secret: Keycloak's own hashing takes 0.1 s of each.
            realm.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
            for (var user : realm.path("users")) {
                ((ArrayNode) user.path("realmRoles")).set(0, "default-roles-" + name);
            }
            addKeys(realm);
            change.accept(realm);
            return Http.JSON.writeValueAsString(realm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members name their groups by ids, which are unique in a whole server. */
    private static void renewGroupIds(ObjectNode realm) {
        for (var organization : realm.path("organizations")) {
            for (var group : organization.path("groups")) {
                var before = group.path("id").asText();
                var id = UUID.randomUUID().toString();
                ((ObjectNode) group).put("id", id);
                for (var member : organization.path("members")) {
                    if (member.path("groups") instanceof ArrayNode ids) {
                        for (var i = 0; i < ids.size(); i++) {
                            if (ids.get(i).asText().equals(before)) {
                                ids.set(i, id);
                            }
                        }
                    }
                }
            }
        }
    }

    /** A realm that has to make its own RSA keys takes seconds longer. */
    private static void addKeys(ObjectNode json) {
        var keys = ((ObjectNode) json.path("components")).putArray("org.keycloak.keys.KeyProvider");
        for (var key : Map.of(
                        "rsa", Map.of("privateKey", KEY, "priority", "100"),
                        "hmac-generated", Map.of("algorithm", "HS512", "priority", "100"),
                        "aes-generated", Map.of("priority", "100"))
                .entrySet()) {
            var component = keys.addObject().put("name", key.getKey()).put("providerId", key.getKey());
            var config = component.putObject("config");
            key.getValue().forEach((option, value) -> config.putArray(option).add(value));
        }
    }

    private static String newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
