package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Those who call in {@link RightsMatrixIT}, in a realm of organizations, by the names of its columns. */
final class RightsCallers {

    /** Access tokens of the realm live 60 s. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    private static final String WITH_CLINICS = "openid organization:*";

    /** Staff of north to whom nothing happens. */
    static final String SURVIVOR = "survivor";

    private static final List<String> ADMINISTRATORS = List.of(
            "view-users", "manage-users", "view-events", "manage-events", "view-realm", "manage-realm", "realm-admin");

    private final TestRealm realm;
    private final TestRealm other;
    private final Organizations organizations;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Caller> callers = new HashMap<>();

    /** @param other another realm of the same server */
    RightsCallers(TestRealm realm, TestRealm other) {
        this.realm = realm;
        this.other = other;
        this.organizations = new Organizations(realm);
    }

    /** Somebody who calls. */
    static final class Caller {
        private final Supplier<String> signIn;
        private final Supplier<HttpBrowser> open;
        private String token = "";
        private Instant since = Instant.MIN;
        private @Nullable HttpBrowser browser;

        Caller(Supplier<String> signIn, Supplier<HttpBrowser> open) {
            this.signIn = signIn;
            this.open = open;
        }

        /** Signed in, always the same. */
        HttpBrowser browser() {
            var opened = browser == null ? open.get() : browser;
            browser = opened;
            return opened;
        }

        /** Not older than {@link #FRESH}; empty of who has none. */
        String token() {
            if (since.plus(FRESH).isBefore(Instant.now())) {
                token = signIn.get();
                since = Instant.now();
            }
            return token;
        }
    }

    /** Makes all of them. */
    void prepare() {
        OwnersApi.offerStaleTokens(realm);
        person("north-hidden", "north");
        var hidden = realm.user("north-hidden").toRepresentation();
        hidden.setAttributes(Map.of("sessionVisibility", List.of("private")));
        realm.user("north-hidden").update(hidden);
        person("north-admin", "north");
        managementRole(realm, "north-admin", "realm-admin");
        person("disabled-owner", "north");
        organizations.joinOwners("north", "disabled-owner");
        organizations.create("west");
        person("west-owner", "west");
        organizations.joinOwners("west", "west-owner");
        person("former-owner", "north");
        organizations.join("north", "service-account-clinic-api");
        organizations.joinOwners("north", "service-account-clinic-api");
        var owner = realm.admin().roles().get("clinic-owner").toRepresentation();
        realm.user("service-account-clinic-api").roles().realmLevel().add(List.of(owner));

        person(SURVIVOR, "north");
        person("none", "north");
        callers.put("none", signingIn("none", WITH_CLINICS));
        for (var role : ADMINISTRATORS) {
            person("by-" + role, "north");
            managementRole(realm, "by-" + role, role);
            callers.put(role, signingIn("by-" + role, WITH_CLINICS));
        }
        other.addUser("abroad", "A", "Broad");
        managementRole(other, "abroad", "realm-admin");
        callers.put("abroad", new Caller(() -> other.tokens().signIn("abroad").accessToken(), HttpBrowser::new));
        callers.put("anonymous", new Caller(() -> "", HttpBrowser::new));
        callers.put("staff", signingIn("north-staff", WITH_CLINICS));
        callers.put("hidden", signingIn("north-hidden", WITH_CLINICS));
        callers.put("owner", signingIn("north-owner", WITH_CLINICS));
        callers.put("elsewhere", signingIn("south-owner", WITH_CLINICS));
        callers.put("both", signingIn("both", WITH_CLINICS));
        callers.put("stale", signingIn("north-owner", WITH_CLINICS + " " + OwnersApi.STALE));
        callers.put("impersonated", new Caller(this::impersonated, this::impersonating));
        callers.put("admin", signingIn("north-admin", WITH_CLINICS));
        callers.put("foreign", new Caller(() -> realm.server().adminToken(), HttpBrowser::new));
        callers.put("disabled", new Caller(this::disabled, this::disabledBrowser));
        callers.put("closed", new Caller(this::closed, this::closedBrowser));
        callers.put("service", new Caller(() -> realm.tokens().serviceAccount().accessToken(), HttpBrowser::new));
        callers.put("tokenless", signingIn("north-owner", "openid"));
        callers.put("former", new Caller(this::former, () -> browser("former-owner")));
    }

    Caller named(String name) {
        var caller = callers.get(name);
        if (caller == null) {
            throw new IllegalArgumentException("no caller " + name);
        }
        return caller;
    }

    String id(String username) {
        return ids.computeIfAbsent(username, realm::userId);
    }

    /** A further member of a clinic; the id. */
    String person(String username, String clinic) {
        var id = realm.addUser(username, "P", "Erson");
        organizations.join(clinic, username);
        return id;
    }

    private static void managementRole(TestRealm realm, String username, String role) {
        var management = realm.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        realm.user(username)
                .roles()
                .clientLevel(management)
                .add(List.of(realm.admin()
                        .clients()
                        .get(management)
                        .roles()
                        .get(role)
                        .toRepresentation()));
    }

    private Caller signingIn(String username, String scope) {
        return new Caller(() -> token(username, scope), () -> browser(username));
    }

    private HttpBrowser browser(String username) {
        var browser = new HttpBrowser();
        var page = realm.account("sessions");
        browser.signInByNameFirst(page, page, username);
        return browser;
    }

    private HttpBrowser disabledBrowser() {
        enabled("disabled-owner", true);
        var browser = browser("disabled-owner");
        enabled("disabled-owner", false);
        return browser;
    }

    private HttpBrowser closedBrowser() {
        open(true);
        var browser = browser("west-owner");
        open(false);
        return browser;
    }

    private HttpBrowser impersonating() {
        var browser = new HttpBrowser();
        browser.keep(realm.impersonation("north-owner"));
        return browser;
    }

    private String token(String username, String scope) {
        return realm.tokens().signIn(username, scope, Map.of()).accessToken();
    }

    /** An administrator of the server has opened a session as the owner, and a token for the application in it. */
    private String impersonated() {
        Answer answer = impersonating()
                .open(
                        realm.tokens().signInUrl(WITH_CLINICS, Map.of()),
                        realm.tokens().callback());
        var code = answer.header("Location").replaceAll(".*[?&]code=([^&]*).*", "$1");
        return realm.tokens().redeem(code).accessToken();
    }

    private String disabled() {
        enabled("disabled-owner", true);
        var token = token("disabled-owner", WITH_CLINICS);
        enabled("disabled-owner", false);
        return token;
    }

    private void enabled(String username, boolean enabled) {
        var user = realm.user(username).toRepresentation();
        user.setEnabled(enabled);
        realm.user(username).update(user);
    }

    private String closed() {
        open(true);
        var token = token("west-owner", WITH_CLINICS);
        open(false);
        return token;
    }

    private void open(boolean open) {
        organizations.change("west", (OrganizationRepresentation west) -> west.setEnabled(open));
    }

    private String former() {
        organizations.joinOwners("north", "former-owner");
        var token = token("former-owner", WITH_CLINICS);
        organizations.leaveOwners("north", "former-owner");
        return token;
    }
}
