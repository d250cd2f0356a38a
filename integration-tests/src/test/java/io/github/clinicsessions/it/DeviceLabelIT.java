package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session's device is called, from what was sent at the sign-in. */
class DeviceLabelIT {

    private static final String CHROMIUM_ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
    private static final String EDGE_ON_WINDOWS = CHROMIUM_ON_WINDOWS + " Edg/141.0.0.0";
    private static final String ASKED_FOR = "Sec-CH-UA-Platform-Version";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @RegisterExtension
    static final TestRealm REALM = TestRealm.clinic();

    @RegisterExtension
    static final TestRealm STOCK = TestRealm.stock();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "Edge on Windows 11|desktop|\"Microsoft Edge\";v=\"141\", \"Not?A_Brand\";v=\"8\", \"Chromium\";v=\"141\"|?0|\"Windows\"|\"15.0.0\"|"
                        + EDGE_ON_WINDOWS,
                "Edge on Windows|desktop|-|-|-|-|" + EDGE_ON_WINDOWS,
                "Brave on Windows|desktop|\"Brave\";v=\"141\", \"Not?A_Brand\";v=\"8\", \"Chromium\";v=\"141\"|?0|\"Windows\"|\"10.0.0\"|"
                        + CHROMIUM_ON_WINDOWS,
                "Chrome on Windows|desktop|\"Brave\";v=\"141\"|?0|\"macOS\"|\"19.0.0\"|" + CHROMIUM_ON_WINDOWS,
                "Safari on iPhone|mobile|-|-|-|-|Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Opera on iPhone|mobile|-|-|-|-|Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1 OPT/6.1.1",
                "Chrome on iPad|tablet|-|-|-|-|Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141 Version/11.1.1 Safari/605.1.15",
                "Firefox on Ubuntu|desktop|-|-|-|-|Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
                "Samsung Internet on Android|mobile|\"Samsung Internet\";v=\"28.0\", \"Chromium\";v=\"130\"|?1|\"Android\"|\"14.0.0\"|Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "clinic-app on Android|app|-|-|-|-|Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.7339.51 Mobile Safari/537.36"
            })
    void aSignInByThePage(
            String label,
            String type,
            @Nullable String brands,
            @Nullable String mobile,
            @Nullable String platform,
            @Nullable String platformVersion,
            String userAgent) {
        var headers = new TreeMap<String, String>();
        headers.put("User-Agent", userAgent);
        put(headers, "Sec-CH-UA", brands);
        put(headers, "Sec-CH-UA-Mobile", mobile);
        put(headers, "Sec-CH-UA-Platform", platform);
        put(headers, ASKED_FOR, platformVersion);

        var device = deviceOf(signIn(HttpBrowser.sending(headers), "openid", Map.of()));

        assertThat(device.path("label").asText()).isEqualTo(label);
        assertThat(device.path("type").asText()).isEqualTo(type);
        var parts = label.split(" on ", -1);
        assertThat(device.path("browser").asText()).isEqualTo(parts[0]);
        assertThat(device.path("os").asText()).isEqualTo(parts[1]);
    }

    @Test
    void theLedgerCallsItTheSame() {
        REALM.addUser("written", "W", "Ritten");
        REALM.tokens()
                .signIn(
                        "written",
                        "openid",
                        Map.of(
                                "User-Agent",
                                EDGE_ON_WINDOWS,
                                "Sec-CH-UA-Platform",
                                "\"Windows\"",
                                ASKED_FOR,
                                "\"13\""));

        Awaitility.await()
                .untilAsserted(() -> assertThat(REALM.ledgerOf("written"))
                        .singleElement()
                        .satisfies(row -> assertThat(row.device()).isEqualTo("Edge on Windows 11")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)|clinic-app on Android|Android",
                "ClinicApp/2.4.0 (iPhone; iOS 18.6; Scale/3.00)|clinic-app on iPhone|iPhone",
                "okhttp/4.12.0|clinic-app|-"
            })
    void anAppWithoutABrowser(String userAgent, String label, @Nullable String os) {
        for (var scope : List.of("openid", "openid offline_access")) {
            var device = deviceOf(REALM.tokens().signIn("nurse", scope, Map.of("User-Agent", userAgent)));

            assertThat(device.path("label").asText()).as(scope).isEqualTo(label);
            assertThat(device.path("type").asText()).isEqualTo("app");
            assertThat(device.path("browser").asText()).isEqualTo("clinic-app");
            assertThat(device.path("os").isNull() ? null : device.path("os").asText())
                    .isEqualTo(os);
        }
    }

    /** Who redeems the code is the application's server, maybe. */
    @Test
    void offlineAccessIsOfTheBrowserThatSignedIn() {
        var browser = HttpBrowser.sending(Map.of("User-Agent", Device.FIREFOX_ON_WINDOWS.userAgent()));

        var first = signIn(browser, "openid offline_access", Map.of());
        assertThat(deviceOf(first).path("label").asText()).isEqualTo("Firefox on Windows");

        // the online session is there before the offline one
        var other = HttpBrowser.sending(Map.of("User-Agent", Device.CHROME_ON_MAC.userAgent()));
        var online = signIn(other, "openid", Map.of());
        var offline = join(other, "openid offline_access", Map.of());
        assertThat(offline.sessionId()).isEqualTo(online.sessionId());
        assertThat(REALM.server()
                        .database()
                        .texts(
                                "SELECT OFFLINE_FLAG FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ? AND DATA LIKE ?",
                                online.sessionId(),
                                "%\"clinic_device\":\"1;Chrome;macOS;DESKTOP\"%"))
                .containsExactlyInAnyOrder("0", "1");
    }

    @Test
    void aSessionThatIsJoinedKeepsItsLabel() {
        var browser = HttpBrowser.sending(Map.of("User-Agent", Device.FIREFOX_ON_WINDOWS.userAgent()));
        var tokens = signIn(browser, "openid", Map.of());
        var updated = browser.as(Map.of("User-Agent", EDGE_ON_WINDOWS));

        var joined = join(updated, "openid", Map.of());
        assertThat(joined.sessionId()).isEqualTo(tokens.sessionId());
        assertThat(deviceOf(joined).path("label").asText()).isEqualTo("Firefox on Windows");

        var again = signIn(updated, "openid", Map.of("prompt", "login"));
        assertThat(again.sessionId()).isEqualTo(tokens.sessionId());
        assertThat(deviceOf(again).path("label").asText()).isEqualTo("Firefox on Windows");
    }

    /** What stands in the database may be of an older version, or of somebody who could write there. */
    @ParameterizedTest
    @ValueSource(strings = {"1;Edge", "0;Edge;Windows 11;DESKTOP", "1;<img>;Windows 11;DESKTOP", ""})
    void withoutANoteOfOursKeycloaksCounts(String forged) {
        var tokens = REALM.tokens()
                .signIn(
                        "staff",
                        "openid",
                        Map.of(
                                "User-Agent",
                                EDGE_ON_WINDOWS,
                                "Sec-CH-UA-Platform",
                                "\"Windows\"",
                                ASKED_FOR,
                                "\"13\""));
        assertThat(deviceOf(tokens).path("label").asText()).isEqualTo("Edge on Windows 11");

        var changed = REALM.server()
                .database()
                .update(
                        "UPDATE OFFLINE_USER_SESSION SET DATA = REPLACE(DATA, ?, ?) WHERE USER_SESSION_ID = ? AND DATA LIKE ?",
                        "1;Edge;Windows 11;DESKTOP",
                        forged,
                        tokens.sessionId(),
                        "%\"clinic_device\":\"1;Edge;Windows 11;DESKTOP\"%");

        assertThat(changed).isEqualTo(1);
        assertThat(deviceOf(tokens).path("label").asText()).isEqualTo("Edge on Windows");
    }

    @Test
    void anAdministratorsBrowserIsTheirs() {
        REALM.addUser("looked-at", "L", "Ooked");
        var impersonation = Http.send(
                "POST",
                REALM.server().url() + "/admin/realms/" + REALM.name() + "/users/" + REALM.userId("looked-at")
                        + "/impersonation",
                Map.of(
                        "Authorization",
                        "Bearer " + REALM.server().adminToken(),
                        "Content-Type",
                        "application/json",
                        "User-Agent",
                        Device.CHROME_ON_MAC.userAgent()),
                "{}");
        assertThat(impersonation.status()).isEqualTo(200);

        var sessions = sessionsOf(REALM.tokens().signIn("looked-at", "okhttp/4.12.0"));

        assertThat(sessions).anySatisfy(session -> {
            assertThat(session.path("impersonator").asText()).isEqualTo("admin");
            assertThat(session.at("/device/label").asText()).isEqualTo("Chrome on macOS");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "Mozilla/5.0 (\"><img src=x>) Chrome/<b>1",
                "Mozilla/5.0 (Windows NT 10.0; ${user.password}) Chrome/141.0",
                "((((((((((((;;;;;;////\t\t",
                "LONG"
            })
    void aHostileSignIn(String text) {
        var hostile = text.equals("LONG") ? "Mozilla/5.0 (Windows NT 10.0) Chrome/1 " + "Edg/ (".repeat(1000) : text;
        var headers = Map.of(
                "User-Agent",
                hostile,
                "Sec-CH-UA",
                hostile,
                "Sec-CH-UA-Mobile",
                hostile,
                "Sec-CH-UA-Platform",
                hostile,
                ASKED_FOR,
                hostile);

        var device = deviceOf(signIn(HttpBrowser.sending(headers), "openid", Map.of()));

        assertThat(device.path("label").asText()).isIn("clinic-app", "Chrome", "Chrome on Windows", "Edge on Windows");
    }

    /** Our HTTP client refuses to send such a thing, and the server refuses the worst of it. */
    @Test
    void controlCharactersAreNotTakenOver() throws IOException {
        REALM.addUser("controlled", "C", "Ontrolled");
        var form = "client_id=clinic-app&grant_type=password&scope=openid&username=controlled&password=controlled";
        var url = URI.create(REALM.url() + "/protocol/openid-connect/token");
        var accepted = 0;
        for (var control : List.of("\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00ff")) {
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                var request =
                        "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nUser-Agent: Cli"
                                + control + "nic/1.0 (Android 14)\r\nSec-CH-UA: \"" + control
                                + "\"\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                + form.length() + "\r\n\r\n" + form;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                accepted += answer.startsWith("HTTP/1.1 200 ") ? 1 : 0;
            }
        }

        var sessions = sessionsOf(REALM.tokens().signIn("controlled", "okhttp/4.12.0"));

        assertThat(accepted).isPositive();
        assertThat(sessions).hasSize(accepted + 1);
        assertThat(sessions)
                .allSatisfy(session ->
                        assertThat(session.at("/device/label").asText()).isIn("clinic-app on Android", "clinic-app"));
    }

    @Test
    void onlySignInPagesOfRealmsThatAreOnAskForMore() {
        var page = new HttpBrowser()
                .open(
                        REALM.tokens().signInUrl("openid", Map.of()),
                        REALM.tokens().callback());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().allValues("Accept-CH")).containsExactly(ASKED_FOR);

        var stock = new HttpBrowser()
                .open(
                        STOCK.tokens().signInUrl("openid", Map.of()),
                        STOCK.tokens().callback());
        assertThat(stock.status()).isEqualTo(200);
        assertThat(stock.headers().allValues("Accept-CH")).isEmpty();
    }

    @Test
    void aBrowserIsAskedAndTellsThatItRunsOnWindows11() {
        var page = browsers.open(Device.desktop(EDGE_ON_WINDOWS)).newPage();
        page.context().newCDPSession(page).send("Emulation.setUserAgentOverride", edgeOnWindows11());
        var versions = new ArrayList<String>();
        page.onRequest(request -> {
            if (request.isNavigationRequest()) {
                versions.add(request.method() + " " + request.allHeaders().get("sec-ch-ua-platform-version"));
            }
        });

        page.navigate(REALM.account("sessions"));
        Browsers.fillLoginForm(page, "doctor", "doctor");

        assertThat(page.locator(".clinic-session--current .clinic-session__device")
                        .innerText())
                .contains("Edge on Windows 11");
        assertThat(versions).first().isEqualTo("GET null");
        assertThat(versions).contains("POST \"15.0.0\"");
    }

    private static com.google.gson.JsonObject edgeOnWindows11() {
        return JsonParser.parseString("""
                        {"userAgent": "%s", "userAgentMetadata": {
                          "brands": [{"brand": "Microsoft Edge", "version": "141"}, {"brand": "Chromium", "version": "141"}],
                          "fullVersion": "141.0.0.0", "platform": "Windows", "platformVersion": "15.0.0",
                          "architecture": "x86", "model": "", "mobile": false}}
                        """.formatted(EDGE_ON_WINDOWS)).getAsJsonObject();
    }

    private static TokenSet signIn(HttpBrowser browser, String scope, Map<String, String> further) {
        var tokens = REALM.tokens();
        return redeem(browser.signIn(tokens.signInUrl(scope, further), tokens.callback(), "staff"));
    }

    /** By the session that the browser has. */
    private static TokenSet join(HttpBrowser browser, String scope, Map<String, String> further) {
        var tokens = REALM.tokens();
        return redeem(browser.open(tokens.signInUrl(scope, further), tokens.callback()));
    }

    private static TokenSet redeem(Http.Answer answer) {
        var code = CODE.matcher(answer.header("Location"));
        assertThat(code.find())
                .as(answer.status() + " " + answer.header("Location"))
                .isTrue();
        return REALM.tokens().redeem(code.group(1));
    }

    private static JsonNode deviceOf(TokenSet tokens) {
        for (var session : sessionsOf(tokens)) {
            if (session.path("id").asText().equals(tokens.sessionId())) {
                return session.path("device");
            }
        }
        throw new AssertionError("the session is not listed");
    }

    private static JsonNode sessionsOf(TokenSet tokens) {
        var answer = Http.bearer("GET", REALM.api("me/sessions"), tokens.accessToken(), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("sessions");
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
