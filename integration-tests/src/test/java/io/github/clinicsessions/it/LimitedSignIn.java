package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A person at a browser who signs in where there may be a session limit, and what they see last. */
final class LimitedSignIn {

    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"( checked)?");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final TestRealm realm;
    private final HttpBrowser browser;
    private Answer seen;

    private LimitedSignIn(TestRealm realm, HttpBrowser browser, Answer seen) {
        this.realm = realm;
        this.browser = browser;
        this.seen = seen;
    }

    /** In a new browser, up to what comes after the password. */
    static LimitedSignIn begin(TestRealm realm, String username) {
        return begin(realm, new HttpBrowser(), username, Map.of());
    }

    /** In this browser; the parameters are those of the request that the application makes. */
    static LimitedSignIn begin(TestRealm realm, HttpBrowser browser, String username, Map<String, String> parameters) {
        var signIn = open(realm, browser, parameters);
        signIn.send("username=" + Http.encode(username) + "&password=" + Http.encode(username));
        return signIn;
    }

    /** Up to the sign-in page. */
    static LimitedSignIn open(TestRealm realm, HttpBrowser browser, Map<String, String> parameters) {
        var callback = realm.tokens().callback();
        return new LimitedSignIn(
                realm, browser, browser.open(realm.tokens().signInUrl("openid", parameters), callback));
    }

    Answer seen() {
        return seen;
    }

    HttpBrowser browser() {
        return browser;
    }

    boolean isAsked() {
        return seen.body().contains("id=\"clinic-session-limit\"");
    }

    /** Ids on the page. */
    List<String> listed() {
        return SESSION.matcher(seen.body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    List<String> checked() {
        return SESSION.matcher(seen.body())
                .results()
                .filter(match -> match.group(2) != null)
                .map(match -> match.group(1))
                .toList();
    }

    /** Sends the page with these sessions chosen, whatever they are. */
    void choose(String... ids) {
        choose(Arrays.stream(ids));
    }

    void choose(Stream<String> ids) {
        send(ids.map(id -> "session=" + Http.encode(id)).collect(Collectors.joining("&")));
    }

    void cancel() {
        send("cancel=true");
    }

    /** Fills the form that is seen and follows where it leads. */
    void send(String body) {
        var form = HttpBrowser.FORM.matcher(seen.body());
        if (!form.find()) {
            throw new AssertionError("no form: " + seen.status() + " " + seen.body());
        }
        seen = follow(browser.postEncoded(form.group(1).replace("&amp;", "&"), body));
    }

    /** Where the form that is seen leads. */
    String action() {
        var form = HttpBrowser.FORM.matcher(seen.body());
        return form.find() ? form.group(1).replace("&amp;", "&") : "";
    }

    private Answer follow(Answer answer) {
        var location = answer.header("Location");
        return answer.status() / 100 != 3 || location.startsWith(realm.tokens().callback())
                ? answer
                : browser.open(location, realm.tokens().callback());
    }

    /** Whether the application has got what it asked for. */
    boolean isComplete() {
        return CODE.matcher(seen.header("Location")).find();
    }

    /** The tokens of the completed sign-in. */
    TokenSet tokens() {
        var code = CODE.matcher(seen.header("Location"));
        if (!code.find()) {
            throw new AssertionError("not signed in: " + seen.status() + " " + seen.header("Location") + seen.body());
        }
        return realm.tokens().redeem(code.group(1));
    }
}
