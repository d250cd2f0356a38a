package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is noticed is told by mail, and its link is followed: "This wasn't me". */
class ReportMailIT {

    private static final byte[] SECRET = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII);
    private static final String OWNER = "owner@clinic.example";
    private static final Pattern STATE = Pattern.compile("data-state=\"(\\w+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    /** Its key for Keycloak's own tokens is known here, so that there can be genuine ones of every kind. */
    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic().with(json -> {
        for (var component : json.path("components").path("org.keycloak.keys.KeyProvider")) {
            if (component.path("providerId").asText().equals("hmac-generated")) {
                var config = (ObjectNode) component.path("config");
                config.putArray("secret").add(base64(SECRET));
                config.putArray("kid").add("known");
            }
        }
    });

    private static Mailbox mailbox;

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @BeforeAll
    static void mail() {
        assumeTrue(REALM.server().log().isPresent(), "a container does not reach this machine's loopback address");
        mailbox = Mailbox.of(REALM);
        fixAddress();
    }

    /** Without it a mail has no link. */
    private static void fixAddress() {
        REALM.update(
                realm -> realm.getAttributes().put("frontendUrl", REALM.server().url()));
    }

    @AfterAll
    static void noMail() {
        if (mailbox != null) {
            mailbox.close();
        }
    }

    @Test
    void aLinkIsFollowedAndLocksOutWhoeverSignedIn() {
        var desk = first("nora");
        assertThat(mailbox.to("nora@clinic.example")).isEmpty();
        var phone = second("nora");
        var rows = new KnownDeviceRows(REALM, "nora").await(2);
        var mail = mailbox.await("nora@clinic.example", 1);
        assertThat(mail.subject()).isEqualTo("Clinic: new device signed in to your account");
        assertThat(mail.text())
                .contains("Hello N Ora", "Device: Safari on iPhone", "Address: 127.0.0.1", "Where: a local network")
                .containsPattern("When: \\w+ \\d+, \\d{4}, \\d\\d:\\d\\d UTC")
                .contains("Was it you? Then there is nothing to do")
                .doesNotContain("<", "${", phone.sessionId());
        assertThat(mail.html())
                .contains("<html lang=\"en\" dir=\"ltr\">", "<bdi>Safari on iPhone</bdi>", "This wasn’t me</a>");
        var link = mail.link();

        for (var i = 0; i < 3; i++) { // whatever reads mails before people do
            assertThat(state(Http.get(link))).isEqualTo("ask");
            var head = Http.send("HEAD", link, Map.of(), null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
            assertThat(head.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(head.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
        }
        assertThat(REALM.tokens().introspect(phone)).isTrue();
        assertThat(reported("nora")).isEmpty();

        var page = browsers.open(Device.CHROME_ON_MAC).newPage();
        page.navigate(link);
        assertThat(page.locator("#clinic-report").textContent()).contains("Safari on iPhone", "127.0.0.1", "UTC");
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "report-link");
        page.locator("#clinic-report-submit").click();
        page.locator("[data-state=done]").waitFor();
        assertThat(page.locator("#clinic-report").textContent())
                .contains("The session has been ended.", "A new password is asked for at the next sign-in");
        assertThat(Accessibility.violations(page)).isEmpty();
        Browsers.picture(page, "report-link-done");

        assertThat(REALM.tokens().introspect(phone)).isFalse();
        assertThat(REALM.tokens().refresh(phone).status()).isEqualTo(400);
        assertThat(REALM.tokens().introspect(desk)).isTrue();
        assertThat(rows.ids()).hasSize(1);
        assertThat(REALM.user("nora").toRepresentation().getRequiredActions()).contains("UPDATE_PASSWORD");
        assertThat(reported("nora")).singleElement().satisfies(row -> {
            assertThat(row.actorType()).isEqualTo("SELF");
            assertThat(row.actorName()).isEqualTo("nora");
            assertThat(row.sessionRef()).isEqualTo(Ledger.reference(phone.sessionId()));
            assertThat(row.device()).isEqualTo("Safari on iPhone");
            assertThat(row.ipAddress()).isEqualTo("127.0.0.1");
        });
        assertThat(causes("nora")).containsExactly("REPORTED");
        var toOwner = mailbox.await(OWNER, "N Ora (nora)", 1);
        assertThat(toOwner.subject()).isEqualTo("Clinic: a person of your staff has reported a sign-in");
        assertThat(toOwner.text())
                .contains(
                        "Person: N Ora (nora)",
                        "Device: Safari on iPhone",
                        "Sessions ended: 1",
                        "Password: a new one is asked for at the next sign-in")
                .doesNotContain("/report/");

        var again = Http.postForm(link, Map.of(), Map.of());
        assertThat(again.status()).isEqualTo(404);
        assertThat(state(again)).isEqualTo("invalid");
        assertThat(state(Http.get(link))).isEqualTo("invalid");
        assertThat(reported("nora")).hasSize(1);

        page.locator("a[href*='UPDATE_PASSWORD']").click();
        page.fill("#username", "nora");
        page.fill("#password", "nora");
        page.click("#kc-login");
        page.fill("#password-new", "another-password");
        page.fill("#password-confirm", "another-password");
        page.locator("form [type=submit]").first().click();
        page.locator(".clinic-sessions").waitFor();
    }

    @ParameterizedTest
    @CsvSource({
        "de, ltr, Neues Gerät an Ihrem Konto angemeldet, Gerät: , 2 Sitzungen wurden beendet.",
        "ar, rtl, جهاز جديد سجّل الدخول إلى حسابك, الجهاز: , أُنهيت جلستان.",
    })
    void inThePersonsLanguageAndEverywhereElseTooIfTheyWish(
            String language, String direction, String subject, String device, String ended) {
        var username = "speaks-" + language;
        REALM.addUser(username, "Nora", "Nurse");
        var representation = REALM.user(username).toRepresentation();
        representation.singleAttribute("locale", language);
        REALM.user(username).update(representation);
        REALM.update(realm -> realm.setDisplayName("A <i>\r\nBcc: x@clinic.example \u202Etxt"));
        try {
            var desk = signIn(new HttpBrowser(), username);
            new KnownDeviceRows(REALM, username).await(1);
            var phone = second(username);

            var mail = mailbox.await(username + "@clinic.example", 1);
            assertThat(mail.subject()).isEqualTo("A <i> Bcc: x@clinic.example txt: " + subject);
            assertThat(mail.text()).contains(device.strip(), "127.0.0.1", "A <i> Bcc: x@clinic.example txt");
            assertThat(mail.html())
                    .contains("<html lang=\"" + language + "\" dir=\"" + direction + "\">")
                    .contains("Safari", "<bdi>A &lt;i&gt; Bcc: x@clinic.example txt</bdi>")
                    .doesNotContain("<i>", "\u202E");
            assertThat(mailbox.to("x@clinic.example")).isEmpty();

            var page = browsers.open(Device.CHROME_ON_MAC.withoutJavaScript()).newPage();
            page.navigate(mail.link());
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo(direction);
            page.locator("#clinic-others").check();
            page.locator("#clinic-report-submit").click();
            assertThat(page.locator("[data-state=done]").textContent()).contains(ended);
            assertThat(REALM.tokens().introspect(phone)).isFalse();
            assertThat(REALM.tokens().introspect(desk)).isFalse();
        } finally {
            REALM.update(realm -> realm.setDisplayName("Clinic"));
        }
    }

    @Test
    void everyLinkThatCannotBeUsedIsAnsweredTheSame() {
        REALM.addUser("linked", "L", "Inked");
        REALM.addUser("gone", "G", "One");
        var userId = REALM.userId("linked");
        var goneId = REALM.userId("gone");
        REALM.admin().users().delete(goneId).close();
        var good = claims(
                "sub",
                userId,
                "typ",
                "clinic-report",
                "iss",
                REALM.url(),
                "aud",
                REALM.url(),
                "nonce",
                "7a7a7a7a-0000-4000-8000-000000000000",
                "exp",
                now() + 600,
                "iat",
                now() - 10,
                "clinic_session",
                "0".repeat(64),
                "clinic_started",
                millis(),
                "clinic_at",
                millis());
        assertThat(state(Http.get(link(good)))).isEqualTo("ask");

        var bad = List.of(
                link(good) + "x",
                link(good).replaceFirst("\\.[^.]*$", "."),
                REALM.api("report/garbage"),
                link(changed(good, "exp", now() - 1)),
                link(changed(good, "exp", now() + 100_000)),
                link(changed(good, "typ", "reset-credentials")),
                link(changed(good, "iss", REALM.server().url() + "/realms/master")),
                link(changed(good, "sub", goneId)),
                link(changed(good, "sub", "nobody")),
                link(changed(good, "clinic_at", "-1")),
                link(without(good, "clinic_started")),
                link(without(good, "iat")));
        var first = Http.get(bad.get(0));
        assertThat(first.status()).isEqualTo(404);
        assertThat(text(first)).contains("It has been used, has expired, or is incomplete.");
        for (var link : bad) {
            for (var answer : List.of(Http.get(link), Http.postForm(link, Map.of(), Map.of()))) {
                assertThat(answer.status()).as(link).isEqualTo(404);
                assertThat(text(answer)).as(link).isEqualTo(text(first));
            }
        }
        REALM.update(realm -> realm.setEventsListeners(List.of("jboss-logging")));
        try {
            var off = Http.get(link(good));
            assertThat(off.status()).isEqualTo(404);
            assertThat(text(off)).isEqualTo(text(first));
        } finally {
            REALM.update(realm -> realm.setEventsListeners(List.of("clinic-sessions")));
        }
        var results = IntStream.range(0, 6)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> state(Http.postForm(link(good), Map.of(), Map.of()))))
                .toList();
        assertThat(results.stream().map(CompletableFuture::join).sorted().toList())
                .containsExactly("done", "invalid", "invalid", "invalid", "invalid", "invalid");
        assertThat(reported("linked")).hasSize(1);

        // Another nonce, and so none that Keycloak's memory has: the ledger knows that it is used.
        var same = changed(good, "nonce", "7b7b7b7b-0000-4000-8000-000000000000");
        assertThat(state(Http.get(link(same)))).isEqualTo("invalid");
        assertThat(state(Http.postForm(link(same), Map.of(), Map.of()))).isEqualTo("invalid");
        assertThat(state(Http.get(link(changed(same, "iat", now() + 1))))).isEqualTo("ask");
    }

    @Test
    void ownersHearOfItWhereTheyWishAndNothingMoreThanTheyMay() {
        REALM.update(realm -> realm.getAttributes().put("clinicSessions.notifyOwner", "true"));
        try {
            first("seen");
            second("seen");
            mailbox.await("seen@clinic.example", 1);
            var open = mailbox.await(OWNER, "S Een (seen)", 1);
            assertThat(open.subject()).isEqualTo("Clinic: new device of a person of your staff");
            assertThat(open.text())
                    .contains("Person: S Een (seen)", "Device: Safari on iPhone", "Address: 127.0.0.1")
                    .doesNotContain("/report/");

            signIn(new HttpBrowser(), "private");
            new KnownDeviceRows(REALM, "private").await(1);
            second("private");
            var link = mailbox.await("private@clinic.example", 1).link();
            var masked = mailbox.await(OWNER, "opted out", 1);
            assertThat(masked.text())
                    .contains("What: sign-in with a device", "By: the person", "opted out")
                    .doesNotContain("rivate (", "Safari", "127.0.0.1", "UTC");
            assertThat(state(Http.postForm(link, Map.of(), Map.of()))).isEqualTo("done");
            var report = mailbox.await(OWNER, "opted out", 2);
            assertThat(report.text())
                    .contains("What: sign-in reported", "By: the person")
                    .doesNotContain("rivate (", "Safari", "127.0.0.1", "UTC", "Sessions ended");
        } finally {
            REALM.update(realm -> realm.getAttributes().remove("clinicSessions.notifyOwner"));
        }
    }

    @Test
    void threeMailsAnHour() {
        first("walker");
        for (var i = 0; i < 5; i++) {
            second("walker");
        }
        mailbox.await("walker@clinic.example", 3);
        second("walker");
        assertThat(new KnownDeviceRows(REALM, "walker").await(7).mails()).isEqualTo(3);
        first("after"); // mails are sent one after the other: one that comes now comes after those
        second("after");
        mailbox.await("after@clinic.example", 1);
        assertThat(mailbox.to("walker@clinic.example")).hasSize(3);
    }

    @Test
    void whoComesBackToASessionIsReportedAndNotHowItBegan() {
        REALM.addUser("joined", "J", "Oined");
        var desk = new HttpBrowser();
        var session = signIn(desk, "joined");
        var rows = new KnownDeviceRows(REALM, "joined").await(1);
        var began = rows.ids().get(0);
        var thief =
                desk.copy().with("CLINIC_DEVICE", null).as(Map.of("User-Agent", Device.SAFARI_ON_IPHONE.userAgent()));
        var joined = thief.open(
                REALM.tokens().signInUrl("openid", Map.of()), REALM.tokens().callback());
        assertThat(CODE.matcher(joined.header("Location")).find()).isTrue();

        var mail = mailbox.await("joined@clinic.example", 1);
        assertThat(mail.text()).contains("Device: Safari on iPhone");
        assertThat(rows.ids()).hasSize(2).contains(began);
        assertThat(text(Http.get(mail.link()))).contains("Safari on iPhone", "127.0.0.1");
        assertThat(state(Http.postForm(mail.link(), Map.of(), Map.of()))).isEqualTo("done");

        assertThat(REALM.tokens().introspect(session)).isFalse();
        assertThat(rows.ids()).as("the device of the desk stays").containsExactly(began);
        assertThat(reported("joined"))
                .singleElement()
                .satisfies(row -> assertThat(row.device()).isEqualTo("Safari on iPhone"));
    }

    @Test
    void aSessionThatUsesTheIdAgainIsNotEnded() {
        var living = first("reused");
        var claims = claims(
                "sub",
                REALM.userId("reused"),
                "typ",
                "clinic-report",
                "iss",
                REALM.url(),
                "nonce",
                "7c7c7c7c-0000-4000-8000-000000000000",
                "exp",
                now() + 600,
                "iat",
                now() - 10,
                "clinic_session",
                Ledger.reference(living.sessionId()),
                "clinic_started",
                "1000",
                "clinic_at",
                "1000");

        assertThat(text(Http.postForm(link(claims), Map.of(), Map.of()))).contains("The session had ended already.");

        assertThat(REALM.tokens().introspect(living)).isTrue();
        assertThat(reported("reused")).hasSize(1);
        assertThat(REALM.user("reused").toRepresentation().getRequiredActions()).contains("UPDATE_PASSWORD");
    }

    @Test
    void withoutAnAddressThatIsFixedAMailHasNoLink() {
        REALM.update(realm -> realm.getAttributes().remove("frontendUrl"));
        try {
            first("unlinked");
            second("unlinked");
            var mail = mailbox.await("unlinked@clinic.example", 1);
            assertThat(mail.text())
                    .contains("Device: Safari on iPhone", "Sign in, open Sessions, choose “This wasn’t me”")
                    .doesNotContain("http", "The link can be used");
            assertThat(mail.html())
                    .contains("Sign in, open Sessions, choose “This wasn’t me”")
                    .doesNotContain("href", "http:");
        } finally {
            fixAddress();
        }
    }

    @Test
    void ownersAreToldThreeTimesAnHourAndAtVerifiedAddressesOnly() {
        REALM.addUser("often", "O", "Ften");
        var here = REALM.tokens().signIn("often");
        new KnownDeviceRows(REALM, "often").await(0);
        IntStream.range(0, 4)
                .mapToObj(i -> REALM.tokens().signIn("often"))
                .toList() // all before the first report, since which a new password is asked for
                .forEach(session -> report(here, session));
        assertThat(reported("often")).hasSize(4);
        mailbox.await(OWNER, "O Ften (often)", 3);

        REALM.addUser("other", "O", "Ther");
        var others = REALM.tokens().signIn("other");
        new KnownDeviceRows(REALM, "other").await(0);
        var first = REALM.tokens().signIn("other");
        var second = REALM.tokens().signIn("other");
        verified(false);
        REALM.update(realm -> realm.setVerifyEmail(true));
        try {
            report(others, first);
            first("walled-off"); // whose mail comes after those that were to be sent before
            second("walled-off");
            mailbox.await("walled-off@clinic.example", 1);
            verified(true);
            report(others, second);
            mailbox.await(OWNER, "O Ther (other)", 1);
        } finally {
            verified(true);
            REALM.update(realm -> realm.setVerifyEmail(false));
        }
        assertThat(toOwner("O Ther (other)")).isEqualTo(1);
        assertThat(toOwner("O Ften (often)")).isEqualTo(3);
    }

    private static void report(TokenSet by, TokenSet other) {
        var answer =
                Http.bearer("POST", REALM.api("me/sessions/" + other.sessionId() + "/report"), by.accessToken(), "{}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void verified(boolean verified) {
        var owner = REALM.user("owner").toRepresentation();
        owner.setEmailVerified(verified);
        REALM.user("owner").update(owner);
    }

    private static long toOwner(String said) {
        return mailbox.to(OWNER).stream()
                .filter(mail -> mail.text().contains(said))
                .count();
    }

    private static TokenSet first(String username) {
        REALM.addUser(username, username.substring(0, 1).toUpperCase(Locale.ROOT), capitalized(username));
        var tokens = signIn(new HttpBrowser(), username);
        new KnownDeviceRows(REALM, username).await(1);
        return tokens;
    }

    private static String capitalized(String username) {
        return username.substring(1, 2).toUpperCase(Locale.ROOT) + username.substring(2);
    }

    private static TokenSet second(String username) {
        return signIn(HttpBrowser.sending(Map.of("User-Agent", Device.SAFARI_ON_IPHONE.userAgent())), username);
    }

    private static TokenSet signIn(HttpBrowser browser, String username) {
        var answer = browser.signIn(
                REALM.tokens().signInUrl("openid", Map.of()), REALM.tokens().callback(), username);
        var code = CODE.matcher(answer.header("Location"));
        assertThat(code.find()).as(answer.header("Location")).isTrue();
        return REALM.tokens().redeem(code.group(1));
    }

    private static List<LedgerRow> reported(String username) {
        return REALM.ledgerOf(username).stream()
                .filter(row -> row.action().equals("REPORTED"))
                .toList();
    }

    private static List<String> causes(String username) {
        return REALM.ledgerOf(username).stream()
                .filter(row -> row.action().equals("SESSION_ENDED"))
                .map(LedgerRow::cause)
                .toList();
    }

    private static String state(Http.Answer answer) {
        var found = STATE.matcher(answer.body());
        return found.find() ? found.group(1) : answer.status() + " " + answer.body();
    }

    /** What the page says, without what Keycloak's frame has around it. */
    private static String text(Http.Answer answer) {
        var from = answer.body().indexOf("<div id=\"clinic-report\"");
        return from < 0
                ? answer.body()
                : answer.body().substring(from, answer.body().indexOf("</div>", from));
    }

    private static Map<String, Object> claims(Object... namesAndValues) {
        var claims = new HashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            claims.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return claims;
    }

    private static Map<String, Object> without(Map<String, Object> claims, String name) {
        var changed = new HashMap<>(claims);
        changed.remove(name);
        return changed;
    }

    private static Map<String, Object> changed(Map<String, Object> claims, String name, Object value) {
        var changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    /** A token that the realm might have signed. */
    private static String link(Map<String, Object> claims) {
        try {
            var signed =
                    base64("{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"known\"}".getBytes(StandardCharsets.UTF_8))
                            + "." + base64(Http.JSON.writeValueAsBytes(claims));
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA512"));
            return REALM.api(
                    "report/" + signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String millis() {
        return String.valueOf(Instant.now().toEpochMilli());
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
