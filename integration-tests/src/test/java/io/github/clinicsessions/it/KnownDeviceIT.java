package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers are recognised by a cookie, and what is new is noticed: real sign-ins with cookie jars of their own. */
class KnownDeviceIT {

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OTHER = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm OFF = TestRealm.stock();

    private static final String COOKIE = "CLINIC_DEVICE";
    private static final int PARALLEL = 20;
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @Test
    void theFirstBrowserIsNotNewAndTheSecondOneIs() {
        REALM.addUser("walker", "W", "Alker");
        var desk = new HttpBrowser();
        var first = signIn(desk, "walker");
        var rows = new KnownDeviceRows(REALM, "walker").await(1);
        var phone = HttpBrowser.sending(Map.of("User-Agent", Device.SAFARI_ON_IPHONE.userAgent()));
        var second = signIn(phone, "walker");
        rows.await(2);

        assertThat(rows.deviceOf(first.sessionId())).isEqualTo(rows.ids().get(0));
        assertThat(rows.marksOf(first.sessionId())).isEmpty();
        assertThat(rows.deviceOf(second.sessionId())).isEqualTo(rows.ids().get(1));
        assertThat(rows.marksOf(second.sessionId())).containsExactly("NEW_DEVICE");
        assertThat(rows.texts("LABEL").get(1)).isEqualTo("Safari on iPhone");
        assertThat(rows.mails()).isEqualTo(1);
        assertThat(noticed("walker", 1)).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("NEW_DEVICE");
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(second.sessionId()));
            assertThat(row.device()).isEqualTo("Safari on iPhone");
            assertThat(row.ipAddress()).isEqualTo("127.0.0.1");
            assertThat(row.clinicIds()).isEqualTo(REALM.id());
        });

        var again = signIn(phone.with("KEYCLOAK_IDENTITY", null).with("AUTH_SESSION_ID", null), "walker");
        assertThat(again.sessionId()).isNotEqualTo(second.sessionId());
        assertThat(rows.deviceOf(again.sessionId())).isEqualTo(rows.ids().get(1));
        assertThat(rows.marksOf(again.sessionId())).isEmpty();
        assertThat(rows.ids()).hasSize(2);
    }

    @Test
    void twoPersonsOnOnePcLearnNothingOfEachOther() {
        REALM.addUser("early", "E", "Arly");
        REALM.addUser("late", "L", "Ate");
        var pc = new HttpBrowser();
        var early = signIn(pc, "early");
        var earlyRows = new KnownDeviceRows(REALM, "early").await(1);
        var cookie = claims(pc.cookie(COOKIE));
        assertThat(name(early, earlyRows.ids().get(0), "\"Front desk 2\"").status())
                .isEqualTo(200);

        var late = signIn(signedOut(pc), "late");
        var lateRows = new KnownDeviceRows(REALM, "late").await(1);

        assertThat(claims(pc.cookie(COOKIE)).path("jti")).isEqualTo(cookie.path("jti"));
        assertThat(lateRows.texts("DEVICE_HASH")).isEqualTo(earlyRows.texts("DEVICE_HASH"));
        assertThat(lateRows.ids()).doesNotContainAnyElementsOf(earlyRows.ids());
        assertThat(lateRows.marksOf(late.sessionId())).isEmpty(); // the first sign-in of theirs
        assertThat(devices(late)).singleElement().satisfies(device -> {
            assertThat(device.path("name").isNull()).isTrue();
            assertThat(device.path("current").asBoolean()).isTrue();
        });
        for (var method : List.of("PUT", "DELETE")) {
            assertThat(Http.bearer(
                                    method,
                                    REALM.api("me/devices/" + earlyRows.ids().get(0)),
                                    late.accessToken(),
                                    method.equals("PUT") ? "{\"name\":\"mine\"}" : null)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(earlyRows.texts("NAME")).containsExactly("Front desk 2");
        assertThat(cookie.toString()).doesNotContain(REALM.userId("early"), "early");
        assertThat(pc.cookie(COOKIE)).isNotEqualTo("");
        assertThat(cookie.path("exp").asLong() - cookie.path("iat").asLong())
                .isEqualTo(Duration.ofDays(365).toSeconds());

        // Somebody else's second browser is new to them, though the PC knows the first person.
        signIn(new HttpBrowser(), "late");
        lateRows.await(2);
        assertThat(noticed("late", 1)).extracting(LedgerRow::action).containsExactly("NEW_DEVICE");
        assertThat(noticed("early", 0)).isEmpty();
    }

    @Test
    void aCookieThatThisRealmDidNotMakeIsNoCookie() {
        REALM.addUser("target", "T", "Arget");
        var browser = new HttpBrowser();
        var tokens = signIn(browser, "target");
        var rows = new KnownDeviceRows(REALM, "target").await(1);
        var valid = browser.cookie(COOKIE);
        var foreign = new HttpBrowser();
        signIn(OTHER, foreign, "staff");
        var id = claims(valid).path("jti").asText();
        var forged = List.of(
                "x",
                "a.b.c",
                valid.substring(0, valid.length() - 1),
                valid.substring(0, valid.lastIndexOf('.') + 1),
                withPayload(valid, "{\"typ\":\"clinic-device\",\"jti\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"exp\":9999999999}"),
                foreign.cookie(COOKIE),
                tokens.accessToken(),
                tokens.idToken(),
                tokens.refreshToken(),
                browser.cookie("KEYCLOAK_IDENTITY"),
                signed(REALM, "clinic-device", REALM.url(), id, -1),
                signed(REALM, "clinic-device", OTHER.url(), id, 1000),
                signed(REALM, "ClinicActivity", REALM.url(), id, 1000),
                signed(REALM, "clinic-device", REALM.url(), id + "x", 1000),
                signed(REALM, "clinic-device", REALM.url(), null, 1000),
                signed(REALM, "clinic-device", REALM.url(), id, 0));

        for (var i = 0; i < forged.size(); i++) {
            var thief = new HttpBrowser().with(COOKIE, forged.get(i));
            signIn(thief, "target");
            rows.await(2 + i);
            assertThat(claims(thief.cookie(COOKIE)).path("jti").asText())
                    .as("cookie %d", i)
                    .matches("[A-Za-z0-9_-]{22}")
                    .isNotEqualTo(id);
        }
        // The test signs as the realm does: with nothing wrong it is the device.
        var same =
                signIn(new HttpBrowser().with(COOKIE, signed(REALM, "clinic-device", REALM.url(), id, 1000)), "target");
        assertThat(rows.deviceOf(same.sessionId())).isEqualTo(rows.ids().get(0));
        assertThat(rows.mails()).isEqualTo(3); // of so many new devices within the hour
    }

    @Test
    void theCookieAloneOpensNothing() {
        REALM.addUser("robbed", "R", "Obbed");
        var browser = new HttpBrowser();
        signIn(browser, "robbed");
        new KnownDeviceRows(REALM, "robbed").await(1);
        var cookie = browser.cookie(COOKIE);
        var thief = new HttpBrowser().with(COOKIE, cookie);

        assertThat(thief.get(REALM.account("sessions")).header("Location")).contains("/protocol/openid-connect/auth");
        var silent = thief.open(
                REALM.tokens().signInUrl("openid", Map.of("prompt", "none")),
                REALM.tokens().callback());
        assertThat(silent.header("Location")).contains("error=login_required");
        for (var path : List.of("me/sessions", "me/devices")) {
            assertThat(thief.get(REALM.api(path)).status()).isEqualTo(401);
            assertThat(Http.bearer("GET", REALM.api(path), cookie, null).status())
                    .isEqualTo(401);
        }
        assertThat(Http.bearer("GET", REALM.url() + "/protocol/openid-connect/userinfo", cookie, null)
                        .status())
                .isEqualTo(401);
        assertThat(new HttpBrowser()
                        .with("KEYCLOAK_IDENTITY", cookie)
                        .get(REALM.account("sessions"))
                        .header("Location"))
                .contains("/protocol/openid-connect/auth");
    }

    @Test
    void comingBackSlidesTheCookieAndNoticesNothing() {
        REALM.addUser("slider", "S", "Lider");
        var browser = new HttpBrowser();
        signIn(browser, "slider");
        var rows = new KnownDeviceRows(REALM, "slider").await(1);
        var before = claims(browser.cookie(COOKIE));
        browser.with(
                COOKIE,
                signed(REALM, "clinic-device", REALM.url(), before.path("jti").asText(), 1000));

        var answer = browser.open(
                REALM.tokens().signInUrl("openid", Map.of()), REALM.tokens().callback());

        assertThat(answer.header("Location")).contains("code=");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(line -> line.startsWith(COOKIE + "="))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("Max-Age=31536000")
                        .containsIgnoringCase("HttpOnly")
                        .contains("Path=/realms/" + REALM.name() + "/"));
        var after = claims(browser.cookie(COOKIE));
        assertThat(after.path("jti")).isEqualTo(before.path("jti"));
        assertThat(after.path("exp").asLong())
                .isCloseTo(
                        System.currentTimeMillis() / 1000 + Duration.ofDays(365).toSeconds(), within(60L));
        assertThat(rows.count("CLINIC_KNOWN_DEVICE")).isEqualTo(1);
    }

    @Test
    void whatIsNoBrowserOfThePersonsIsNoDeviceOfTheirs() {
        REALM.addUser("caller", "C", "Aller");
        var app = REALM.tokens().signIn("caller");
        var rows = new KnownDeviceRows(REALM, "caller").await(0);
        assertThat(REALM.impersonation("caller").headers().allValues("Set-Cookie"))
                .noneMatch(line -> line.startsWith(COOKIE));
        var seen = rows.lastSeenAt();
        REALM.tokens().signIn("caller");

        Awaitility.await().until(() -> rows.lastSeenAt() > seen);
        rows.await(0);
        assertThat(devices(app)).isEmpty();
        assertThat(noticed("caller", 0)).isEmpty();
        // The first browser after that is the first one, though not the first sign-in.
        var browser = signIn(new HttpBrowser(), "caller");
        rows.await(1);
        assertThat(rows.marksOf(browser.sessionId())).isEmpty();
        var second = signIn(new HttpBrowser(), "caller");
        rows.await(2);
        assertThat(rows.marksOf(second.sessionId())).containsExactly("NEW_DEVICE");
        assertThat(marks(second)).containsExactly("NEW_DEVICE");
    }

    @Test
    void manyBrowsersAtOnceAreAllKnown() throws InterruptedException, ExecutionException {
        REALM.addUser("crowd", "C", "Rowd");
        var threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Callable<TokenSet>> signIns = IntStream.range(0, PARALLEL)
                    .<Callable<TokenSet>>mapToObj(i -> () -> signIn(new HttpBrowser(), "crowd"))
                    .toList();
            for (var done : threads.invokeAll(signIns)) {
                assertThat(done.get().sessionId()).isNotEmpty();
            }
        } finally {
            threads.shutdown();
        }

        var rows = new KnownDeviceRows(REALM, "crowd").await(PARALLEL);
        assertThat(rows.texts("DEVICE_HASH")).doesNotHaveDuplicates();
        assertThat(noticed("crowd", PARALLEL - 1))
                .allSatisfy(row -> assertThat(row.action()).isEqualTo("NEW_DEVICE"));
        assertThat(rows.mails()).isEqualTo(3);
    }

    @Test
    void aNameIsOneLineAndAForgottenDeviceIsNew() {
        REALM.addUser("namer", "N", "Amer");
        var browser = new HttpBrowser();
        var tokens = signIn(browser, "namer");
        var rows = new KnownDeviceRows(REALM, "namer").await(1);
        var id = rows.ids().get(0);
        assertThat(devices(tokens)).singleElement().satisfies(device -> {
            assertThat(device.path("id").asText()).isEqualTo(id);
            assertThat(device.path("countries")).isEmpty();
            assertThat(Instant.parse(device.path("firstSeenAt").asText()))
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });

        for (var bad : List.of(
                "\"\"",
                "\" \"",
                "\"" + "x".repeat(61) + "\"",
                "\"two\\nlines\"",
                "\"a\\u0000b\"",
                "\"\\u202Ereversed\"",
                "\"\\u200B\\u200D\"",
                "\"\\uD800\"",
                "7",
                "[]",
                "{}")) {
            var answer = name(tokens, id, bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("name");
            assertThat(answer.json().at("/errors/0/message").asText()).contains("1 to 60 characters");
        }
        assertThat(Http.bearer("PUT", REALM.api("me/devices/" + id), tokens.accessToken(), "{\"label\":\"x\"}")
                        .status())
                .isEqualTo(400);
        var hostile = "<script>alert(1)</script> ${7*7} \u0645";
        assertThat(name(tokens, id, Http.JSON.valueToTree(hostile).toString())
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(hostile);
        assertThat(list(tokens).at("/0/device/name").asText()).isEqualTo(hostile);
        assertThat(list(tokens).at("/0/device/id").asText()).isEqualTo(id);
        var owner = OwnersApi.of(REALM, "owner")
                .get("staff/" + REALM.userId("namer") + "/sessions")
                .json()
                .at("/sessions/0/device");
        assertThat(owner.path("label").isNull())
                .isEqualTo(list(tokens).at("/0/device/label").isNull());
        assertThat(owner.path("name").isNull()).isTrue();
        assertThat(owner.path("id").isNull()).isTrue();
        assertThat(name(tokens, id, "null").json().path("name").isNull()).isTrue();
        for (var nobodys : List.of("x", "%00", UUID.randomUUID().toString())) {
            assertThat(Http.bearer("DELETE", REALM.api("me/devices/" + nobodys), tokens.accessToken(), null)
                            .status())
                    .isEqualTo(404);
        }

        assertThat(Http.bearer("DELETE", REALM.api("me/devices/" + id), tokens.accessToken(), null)
                        .status())
                .isEqualTo(204);
        assertThat(devices(tokens)).isEmpty();
        assertThat(list(tokens).at("/0/device/id").isNull()).isTrue();
        assertThat(REALM.tokens().introspect(tokens)).isTrue();
        var again = signIn(signedOut(browser), "namer");
        rows.await(1);
        assertThat(rows.ids()).doesNotContain(id);
        assertThat(rows.marksOf(again.sessionId())).containsExactly("NEW_DEVICE");
    }

    @Test
    void allGoesWithThePersonAndWithTheRealm() {
        REALM.addUser("leaver", "L", "Eaver");
        signIn(new HttpBrowser(), "leaver");
        var rows = new KnownDeviceRows(REALM, "leaver").await(1);
        REALM.user("leaver").remove();
        Awaitility.await().until(() -> rows.count("CLINIC_KNOWN_DEVICE") + rows.count("CLINIC_KNOWN_PERSON") == 0);

        signIn(OTHER, new HttpBrowser(), "nurse");
        var inRealm = new KnownDeviceRows(OTHER, "nurse").await(1);
        OTHER.update(realm -> realm.setEventsListeners(List.of("jboss-logging"))); // also of a realm that is off
        OTHER.user("nurse").remove();
        Awaitility.await()
                .until(() -> inRealm.count("CLINIC_KNOWN_DEVICE") + inRealm.count("CLINIC_KNOWN_PERSON") == 0);
    }

    @Test
    void whereTheRealmIsOffNothingIsKept() {
        OFF.addUser("nobody", "N", "Obody");
        var browser = new HttpBrowser();
        signIn(OFF, browser, "nobody");

        assertThat(browser.cookie(COOKIE)).isEmpty();
        assertThat(new KnownDeviceRows(OFF, "nobody").count("CLINIC_KNOWN_PERSON"))
                .isZero();
    }

    private static HttpBrowser signedOut(HttpBrowser browser) {
        return browser.with("KEYCLOAK_IDENTITY", null).with("AUTH_SESSION_ID", null);
    }

    /** Signs in with what the browser has; returns what the application gets. */
    private static TokenSet signIn(HttpBrowser browser, String username) {
        return signIn(REALM, browser, username);
    }

    private static TokenSet signIn(TestRealm realm, HttpBrowser browser, String username) {
        var callback = realm.tokens().callback();
        var answer = browser.signIn(realm.tokens().signInUrl("openid", Map.of()), callback, username);
        var code = CODE.matcher(answer.header("Location"));
        assertThat(code.find()).as(answer.header("Location")).isTrue();
        return realm.tokens().redeem(code.group(1));
    }

    private static JsonNode list(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null)
                .json()
                .path("sessions");
    }

    private static List<String> marks(TokenSet tokens) {
        return StreamSupport.stream(list(tokens).path(0).path("marks").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode devices(TokenSet tokens) {
        return Http.bearer("GET", REALM.api("me/devices"), tokens.accessToken(), null)
                .json()
                .path("devices");
    }

    private static Http.Answer name(TokenSet tokens, String id, String json) {
        return Http.bearer("PUT", REALM.api("me/devices/" + id), tokens.accessToken(), "{\"name\":" + json + "}");
    }

    private static JsonNode claims(String jwt) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    private static String withPayload(String jwt, String payload) {
        var parts = jwt.split("\\.", -1);
        return parts[0] + "." + encoded(payload.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }

    /**
     * A cookie signed with the realm's own key, which the database tells.
     *
     * @param seconds from now to its expiry; 0 for none
     */
    private static String signed(TestRealm realm, String type, String issuer, @Nullable String id, int seconds) {
        var key = new SigningKey(realm);
        var now = System.currentTimeMillis() / 1000;
        var claims =
                Http.JSON.createObjectNode().put("typ", type).put("iss", issuer).put("iat", now - 2000);
        if (id != null) {
            claims.put("jti", id);
        }
        if (seconds != 0) {
            claims.put("exp", now + seconds);
        }
        return key.sign(claims.toString());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret with which a realm signs what only it reads. */
    private record SigningKey(String kid, String secret) {

        SigningKey(TestRealm realm) {
            this(option(realm, "kid"), option(realm, "secret"));
        }

        private static String option(TestRealm realm, String name) {
            return realm.server()
                    .database()
                    .texts(
                            "select c.VALUE from COMPONENT_CONFIG c join COMPONENT p on p.ID = c.COMPONENT_ID"
                                    + " where p.REALM_ID = ? and p.PROVIDER_ID = 'hmac-generated' and c.NAME = ?",
                            realm.id(),
                            name)
                    .get(0);
        }

        String sign(String payload) {
            var header = "{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
            var input = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + encoded(payload.getBytes(StandardCharsets.UTF_8));
            try {
                var mac = Mac.getInstance("HmacSHA512");
                mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(secret), "HmacSHA512"));
                return input + "." + encoded(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<LedgerRow> noticed(String username, int rows) {
        return REALM
                .ledger()
                .await(REALM.id(), REALM.userId(username), all -> noticed(all).size() == rows)
                .stream()
                .filter(KnownDeviceIT::isNoticed)
                .toList();
    }

    private static List<LedgerRow> noticed(List<LedgerRow> all) {
        return all.stream().filter(KnownDeviceIT::isNoticed).toList();
    }

    private static boolean isNoticed(LedgerRow row) {
        return row.action().equals("NEW_DEVICE") || row.action().equals("UNFAMILIAR_COUNTRY");
    }
}
