package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A browser's cookies without a browser, where hundreds of sign-ins are needed; what people see is tested in
 * {@link Browsers}. For one realm: its cookies go with every request, whatever their path. They also go without TLS, as
 * browsers do it on this machine's own addresses.
 */
final class HttpBrowser {

    /** A page's first form; its address is escaped. */
    static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    private static final int REDIRECTS = 10;

    private final Map<String, String> cookies;
    private final Map<String, String> always;

    HttpBrowser() {
        this(Map.of(), Map.of());
    }

    private HttpBrowser(Map<String, String> cookies, Map<String, String> always) {
        this.cookies = new ConcurrentHashMap<>(cookies);
        this.always = Map.copyOf(always);
    }

    /** A browser that sends these headers with every request, its {@code User-Agent} for one. */
    static HttpBrowser sending(Map<String, String> headers) {
        return new HttpBrowser(Map.of(), headers);
    }

    /** The cookie of this name; empty for none. */
    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    /** Puts a cookie there that no answer brought, or takes one away: null. */
    HttpBrowser with(String name, @Nullable String value) {
        if (value == null) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
        return this;
    }

    /** Takes over the cookies of an answer that came another way. */
    void keep(Answer answer) {
        var unused = kept(answer);
    }

    /** Another browser with the cookies that this one has now: what a thief would have of them. */
    HttpBrowser copy() {
        return new HttpBrowser(cookies, always);
    }

    /** The same, that sends these headers instead. */
    HttpBrowser as(Map<String, String> headers) {
        return new HttpBrowser(cookies, headers);
    }

    /** One request; a redirect is an answer. */
    Answer get(String url) {
        return kept(Http.send("GET", url, headers(), null));
    }

    /** The same with a header more. */
    Answer get(String url, String header, String value) {
        var headers = headers();
        headers.put(header, value);
        return kept(Http.send("GET", url, headers, null));
    }

    /** What {@link #get} would send, for an answer that is to be read bit by bit. */
    HttpRequest request(String url) {
        var request = HttpRequest.newBuilder(URI.create(url));
        headers().forEach(request::header);
        return request.build();
    }

    /** One request; a redirect is an answer. */
    Answer post(String url, Map<String, String> form) {
        return kept(Http.postForm(url, headers(), form));
    }

    /** One request with a form as it goes out, which may name a field more than once; a redirect is an answer. */
    Answer postEncoded(String url, String form) {
        var headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return kept(Http.send("POST", url, headers, form));
    }

    /** Follows redirects, but for one that begins with this address: that is an answer. */
    Answer open(String url, String end) {
        var answer = get(url);
        for (var i = 0; i < REDIRECTS && isRedirect(answer); i++) {
            var location = answer.header("Location");
            if (location.startsWith(end)) {
                return answer;
            }
            answer = get(location);
        }
        return answer;
    }

    /** Goes to the URL and fills the sign-in page's form, the password being the user name; follows as {@link #open} does. */
    Answer signIn(String url, String end, String username) {
        var page = open(url, end);
        var form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("no form of a sign-in page: " + page.status() + " " + page.body());
        }
        var answer = post(form.group(1).replace("&amp;", "&"), Map.of("username", username, "password", username));
        if (!isRedirect(answer)) {
            throw new AssertionError("sign-in of " + username + ": " + answer.status() + " " + answer.body());
        }
        var location = answer.header("Location");
        return location.startsWith(end) ? answer : open(location, end);
    }

    /** The same in a realm of organizations, whose sign-in page asks for the name before the password. */
    Answer signInByNameFirst(String url, String end, String username) {
        var first = FORM.matcher(open(url, end).body());
        if (!first.find()) {
            throw new AssertionError("no form that asks for a name");
        }
        var second = FORM.matcher(post(first.group(1).replace("&amp;", "&"), Map.of("username", username))
                .body());
        if (!second.find()) {
            throw new AssertionError("no form that asks for a password");
        }
        var answer = post(second.group(1).replace("&amp;", "&"), Map.of("username", username, "password", username));
        var location = answer.header("Location");
        if (!isRedirect(answer)) {
            throw new AssertionError("sign-in of " + username + ": " + answer.status() + " " + answer.body());
        }
        return location.startsWith(end) ? answer : open(location, end);
    }

    private static boolean isRedirect(Answer answer) {
        return answer.status() / 100 == 3;
    }

    private Map<String, String> headers() {
        var headers = new TreeMap<>(always);
        headers.put("Accept", "text/html");
        if (!cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers;
    }

    private Answer kept(Answer answer) {
        for (var line : answer.headers().allValues("Set-Cookie")) {
            var parts = line.split(";", -1);
            var cookie = parts[0].split("=", 2);
            if (cookie[1].isEmpty() || line.contains("Max-Age=0")) {
                cookies.remove(cookie[0]);
            } else {
                cookies.put(cookie[0], cookie[1]);
            }
        }
        return answer;
    }
}
