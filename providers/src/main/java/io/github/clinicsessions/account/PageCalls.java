package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.geo.Places;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.HumanActivity;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * What all pages have in common: the switch, the sign-in and the way back from it, the right, the form's token, and the form of
 * errors. Made per request.
 *
 * <p>A path is below the account console, with its own query if it has one ({@link #here}).
 */
final class PageCalls {

    private static final Logger LOG = Logger.getLogger(PageCalls.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel accountClient;
    private final PageRenderer renderer;
    private final SignIn signIn;

    PageCalls(KeycloakSession session, RealmModel realm, ClientModel accountClient, PageRenderer renderer) {
        this.session = session;
        this.realm = realm;
        this.accountClient = accountClient;
        this.renderer = renderer;
        this.signIn = new SignIn(session, realm, accountClient);
    }

    KeycloakSession session() {
        return session;
    }

    RealmModel realm() {
        return realm;
    }

    /** Who oversees these clinics of theirs. */
    Oversight oversight(SignedIn signedIn, List<Clinic> clinics) {
        return Oversight.ofOwner(session, signedIn.userSession(), accountClient, clinics);
    }

    SignIn signIn() {
        return signIn;
    }

    /** Shows a page to whoever is signed in and may see it; sends everybody else to the sign-in page and back. */
    Response show(String path, Predicate<Caller> right, Function<SignedIn, Response> page) {
        requireOn();
        try {
            SignedIn signedIn = signIn.find();
            if (signedIn == null) {
                // An answer of the sign-in page that did not make a sign-in must not go round in circles.
                return isAnswerOfSignIn()
                        ? error(Response.Status.FORBIDDEN, "NotSignedIn", path, null)
                        : signIn.redirect(url(path));
            }
            if (isAnswerOfSignIn()) {
                return Response.seeOther(url(path)).build(); // leaves the address bar
            }
            visited(signedIn);
            return right.test(signedIn.caller())
                    ? page.apply(signedIn)
                    : error(Response.Status.FORBIDDEN, "NoRight", path, signedIn);
        } catch (RuntimeException e) {
            return failed(path, e);
        }
    }

    /**
     * The same for a page that is the last before an owner's change: whoever has not signed in recently does so first, so that
     * the change itself is not held up.
     */
    Response showRecent(String path, Predicate<Caller> right, Function<SignedIn, Response> page) {
        requireOn();
        try {
            SignedIn signedIn = signIn.find();
            if (signedIn != null && right.test(signedIn.caller()) && !AccessPolicy.isRecent(signedIn.caller(), now())) {
                return isAnswerOfSignIn() || signedIn.caller().impersonated()
                        ? error(Response.Status.FORBIDDEN, "NotRecent", path, signedIn)
                        : signIn.redirectToRecent(url(path));
            }
            return show(path, right, page);
        } catch (RuntimeException e) {
            return failed(path, e);
        }
    }

    /**
     * Changes something for whoever is signed in, may do it and sent a form of our own.
     *
     * @param page where whoever is not signed in any more begins again
     */
    Response change(String page, Predicate<Caller> right, Function<SignedIn, Response> action) {
        requireOn();
        try {
            SignedIn signedIn = signIn.find();
            if (signedIn == null) {
                return Response.seeOther(url(page)).build();
            }
            if (!signedIn.isOwnForm(form("stateChecker"))) {
                return error(Response.Status.FORBIDDEN, "Forbidden", page, signedIn);
            }
            visited(signedIn);
            return right.test(signedIn.caller())
                    ? action.apply(signedIn)
                    : error(Response.Status.FORBIDDEN, "NoRight", page, signedIn);
        } catch (RuntimeException e) {
            return failed(page, e);
        }
    }

    /**
     * The same for an owner's change, which takes a recent sign-in.
     *
     * @param confirmation where the change is asked for once more after it
     */
    Response changeRecent(String confirmation, Predicate<Caller> right, Function<SignedIn, Response> action) {
        return change(confirmation, right, signedIn -> recently(confirmation, signedIn, () -> action.apply(signedIn)));
    }

    /** Within a change: what takes a recent sign-in. */
    Response recently(String confirmation, SignedIn signedIn, Supplier<Response> action) {
        return recently(confirmation, () -> confirmation, signedIn, action);
    }

    /**
     * The same.
     *
     * @param page of which an error is
     * @param confirmation asked where the change is asked for once more, if the sign-in has to be renewed
     */
    Response recently(String page, Supplier<String> confirmation, SignedIn signedIn, Supplier<Response> action) {
        if (AccessPolicy.isRecent(signedIn.caller(), now())) {
            return action.get();
        }
        return signedIn.caller().impersonated()
                ? error(Response.Status.FORBIDDEN, "NotRecent", page, signedIn)
                : signIn.redirectToRecent(url(confirmation.get()));
    }

    /** A page in the frame; its place in the navigation is the path's first part. */
    Response page(
            Response.Status status,
            String template,
            String path,
            @Nullable SignedIn signedIn,
            Map<String, Object> model) {
        return renderer.page(status, template, path.split("[/?]", 2)[0], signedIn, model);
    }

    /** The model of a page that shows countries, with whose data they are from. */
    Map<String, Object> withAttribution(Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>(model);
        Places.of(session).attribution().ifPresent(shown -> all.put("attribution", AttributionModel.of(shown)));
        return all;
    }

    /** @param what the middle of the messages' names */
    Response error(Response.Status status, String what, String path, @Nullable SignedIn signedIn) {
        return page(
                status,
                "error.ftl",
                path,
                signedIn,
                Map.of(
                        "status", status.getStatusCode(),
                        "titleKey", "clinicError" + what + "Title",
                        "textKey", "clinicError" + what + "Text"));
    }

    /** After a POST: to this page, which says what happened. */
    Response seeOther(String path, Notice notice, SignedIn signedIn) {
        notices().set(notice, signedIn);
        return Response.seeOther(url(path)).build();
    }

    NoticeCookie notices() {
        return new NoticeCookie(session, renderer.accountUrl());
    }

    /** The path with those of the request's parameters that it knows, from wherever they come. */
    String here(String path, String... names) {
        String query = Stream.of(names)
                .filter(name -> query(name) != null)
                .map(name -> name + "=" + encoded(String.valueOf(query(name))))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** For a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** For a link or a form. */
    String href(String path) {
        return renderer.accountUrl() + path;
    }

    URI url(String path) {
        return session.getContext().getUri(UrlType.FRONTEND).getBaseUri().resolve(renderer.accountUrl() + path);
    }

    @Nullable
    String query(String name) {
        return session.getContext().getUri().getQueryParameters().getFirst(name);
    }

    @Nullable
    String form(String name) {
        return session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name);
    }

    Properties messages(SignedIn signedIn) {
        return renderer.messages(signedIn.user());
    }

    Locale locale(SignedIn signedIn) {
        return session.getContext().resolveLocale(signedIn.user());
    }

    static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /**
     * Whether a browser asks for a page that somebody will see. Another site can make it fetch one as a picture, with the cookie;
     * browsers that say so (Fetch Metadata) are believed.
     */
    boolean isForReading() {
        String use = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("Sec-Fetch-Dest");
        return use == null || use.equals("document") || use.equals("empty");
    }

    private boolean isAnswerOfSignIn() {
        return query("code") != null || query("error") != null;
    }

    /** Whoever opens a page is there. */
    private void visited(SignedIn signedIn) {
        try {
            if (isForReading()) {
                var unused = new HumanActivity(session).report(realm, signedIn.userSession(), null);
            }
        } catch (RuntimeException e) {
            LOG.warn("a visit of a page does not count as activity", e); // the page itself is what was asked for
        }
    }

    private void requireOn() {
        if (!RealmSwitch.isOn(realm)) {
            throw new NotFoundException();
        }
    }

    private Response failed(String path, RuntimeException e) {
        LOG.error("a page failed", e);
        session.getTransactionManager().setRollbackOnly();
        return error(Response.Status.INTERNAL_SERVER_ERROR, "Unexpected", path, null);
    }
}
