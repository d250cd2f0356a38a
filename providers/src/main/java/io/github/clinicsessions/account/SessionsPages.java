package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.OptOut;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.OwnSessions;
import io.github.clinicsessions.session.Receipt;
import io.github.clinicsessions.session.SessionTerminator;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.urls.UrlType;

/** The pages around the person's own sessions. */
final class SessionsPages {

    /** Below the account console. */
    static final String PATH = "sessions";

    /** Query parameter: whose receipt is to be shown once more. */
    private static final String RECEIPT = "receipt";

    private static final Logger LOG = Logger.getLogger(SessionsPages.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageRenderer renderer;
    private final SignIn signIn;

    SessionsPages(KeycloakSession session, RealmModel realm, ClientModel accountClient, PageRenderer renderer) {
        this.session = session;
        this.realm = realm;
        this.renderer = renderer;
        this.signIn = new SignIn(session, realm, accountClient);
    }

    Response list() {
        return show(PATH, signedIn -> {
            Map<String, Object> model = new HashMap<>(
                    model(signedIn).of(own(signedIn).list(), AccessPolicy.mayEndOwnSessions(signedIn.caller())));
            model.putAll(new PrivacyModel(session, realm, new PageTimes(now(), locale(signedIn))).of(signedIn));
            Notice notice = notices().take(signedIn);
            String again = query(RECEIPT);
            if (notice != null) {
                model.put("notice", notice.model());
                model.putAll(receipt(notice.receiptId(), false, signedIn));
            } else if (again != null) {
                Map<String, Object> receipt = receipt(again, true, signedIn);
                if (!receipt.isEmpty()) {
                    model.put("notice", Notice.receipt(again).model());
                    model.putAll(receipt);
                }
            }
            return renderer.page(Response.Status.OK, "sessions.ftl", PATH, signedIn, model);
        });
    }

    /** The model's part; empty for what is no receipt of this person, or not kept any more. */
    private Map<String, Object> receipt(@Nullable String id, boolean open, SignedIn signedIn) {
        return id == null || !Receipt.isWellFormedId(id)
                ? Map.of()
                : own(signedIn)
                        .receipt(id)
                        .map(receipt -> Map.<String, Object>of(
                                "receipt", model(signedIn).receipt(receipt, open)))
                        .orElse(Map.of());
    }

    Response confirmEndAll() {
        return show(PATH + "/end-all", signedIn -> {
            if (!AccessPolicy.mayEndOwnSessions(signedIn.caller())) {
                return error(Response.Status.FORBIDDEN, "NoRight", signedIn);
            }
            return renderer.page(
                    Response.Status.OK,
                    "confirm.ftl",
                    PATH,
                    signedIn,
                    Map.of("count", own(signedIn).list().size()));
        });
    }

    Response nothing() {
        return show(PATH, signedIn -> error(Response.Status.NOT_FOUND, "NotFound", signedIn));
    }

    Response end() {
        return change(signedIn -> {
            String id = form("session");
            if (id == null || !SessionRef.isWellFormedId(id)) {
                return error(Response.Status.NOT_FOUND, "NotFound", signedIn);
            }
            OwnSessions sessions = own(signedIn);
            SessionTerminator.Result result = sessions.end(id);
            if (!result.found()) {
                return sessions.hasEnded(id)
                        ? listWith(Notice.of(Notice.Kind.ALREADY_ENDED), signedIn)
                        : error(Response.Status.NOT_FOUND, "NotFound", signedIn);
            }
            if (id.equals(signedIn.userSession().getId())) {
                return leave();
            }
            return listWith(
                    Notice.ended(deviceText(signedIn).label(result.device()), result.terminationId()), signedIn);
        });
    }

    Response endOthers() {
        return change(signedIn -> {
            SessionTerminator.Ended ended = own(signedIn).endOthers();
            return listWith(Notice.othersEnded(ended.count(), ended.terminationId()), signedIn);
        });
    }

    Response endAll() {
        return change(signedIn -> {
            own(signedIn).endAll();
            return leave();
        });
    }

    Response chooseVisibility() {
        return change(signedIn -> {
            OptOut optOut = new OptOut(session, realm, signedIn.userSession());
            if (!AccessPolicy.mayChooseVisibility(signedIn.caller()) || !optOut.isOffered()) {
                return error(Response.Status.FORBIDDEN, "NoRight", signedIn);
            }
            boolean hidden = Boolean.parseBoolean(form("hidden"));
            if (!optOut.choose(hidden)) {
                return listWith(Notice.of(Notice.Kind.NOT_STORED), signedIn);
            }
            return listWith(Notice.of(hidden ? Notice.Kind.HIDDEN : Notice.Kind.SHOWN), signedIn);
        });
    }

    Response signOut() {
        return change(signedIn -> signIn.redirectToSignOut(signedIn, url(PATH)));
    }

    Response redirectToList() {
        return Response.status(Response.Status.FOUND).location(url(PATH)).build();
    }

    /** Shows a page to whoever is signed in and may see it; sends everybody else to the sign-in page and back. */
    private Response show(String path, Function<SignedIn, Response> page) {
        requireOn();
        try {
            SignedIn signedIn = signIn.find();
            if (signedIn == null) {
                // An answer of the sign-in page that did not make a sign-in must not go round in circles.
                return query("error") == null && query("code") == null
                        ? signIn.redirect(url(path))
                        : error(Response.Status.FORBIDDEN, "NotSignedIn", null);
            }
            if (query("code") != null || query("error") != null) {
                return Response.seeOther(url(path)).build(); // the answer of the sign-in page leaves the address bar
            }
            return AccessPolicy.maySeeOwnSessions(signedIn.caller())
                    ? page.apply(signedIn)
                    : error(Response.Status.FORBIDDEN, "NoRight", signedIn);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Changes something for whoever is signed in, may do it and sent a form of our own. */
    private Response change(Function<SignedIn, Response> action) {
        requireOn();
        try {
            SignedIn signedIn = signIn.find();
            if (signedIn == null) {
                return Response.seeOther(url(PATH)).build();
            }
            if (!signedIn.isOwnForm(form("stateChecker"))) {
                return error(Response.Status.FORBIDDEN, "Forbidden", signedIn);
            }
            return AccessPolicy.mayEndOwnSessions(signedIn.caller())
                    ? action.apply(signedIn)
                    : error(Response.Status.FORBIDDEN, "NoRight", signedIn);
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private void requireOn() {
        if (!RealmSwitch.isOn(realm)) {
            throw new NotFoundException();
        }
    }

    private Response failed(RuntimeException e) {
        LOG.error("a page failed", e);
        session.getTransactionManager().setRollbackOnly();
        return error(Response.Status.INTERNAL_SERVER_ERROR, "Unexpected", null);
    }

    private Response error(Response.Status status, String what, @Nullable SignedIn signedIn) {
        return renderer.page(
                status,
                "error.ftl",
                PATH,
                signedIn,
                Map.of(
                        "status", status.getStatusCode(),
                        "titleKey", "clinicError" + what + "Title",
                        "textKey", "clinicError" + what + "Text"));
    }

    private Response listWith(Notice notice, SignedIn signedIn) {
        notices().set(notice, signedIn);
        return Response.seeOther(url(PATH)).build();
    }

    /** This browser is signed out too: its next page is the sign-in page. */
    private Response leave() {
        AuthenticationManager.expireIdentityCookie(session);
        return Response.seeOther(url(PATH)).build();
    }

    private OwnSessions own(SignedIn signedIn) {
        return new OwnSessions(session, realm, signedIn.user(), signedIn.userSession());
    }

    private SessionsModel model(SignedIn signedIn) {
        return new SessionsModel(messages(signedIn), locale(signedIn), now());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    private DeviceText deviceText(SignedIn signedIn) {
        return new DeviceText(messages(signedIn), locale(signedIn));
    }

    private Properties messages(SignedIn signedIn) {
        return renderer.messages(signedIn.user());
    }

    private Locale locale(SignedIn signedIn) {
        return session.getContext().resolveLocale(signedIn.user());
    }

    private NoticeCookie notices() {
        return new NoticeCookie(session, renderer.accountUrl());
    }

    private URI url(String path) {
        return session.getContext().getUri(UrlType.FRONTEND).getBaseUri().resolve(renderer.accountUrl() + path);
    }

    private @Nullable String query(String name) {
        return session.getContext().getUri().getQueryParameters().getFirst(name);
    }

    private @Nullable String form(String name) {
        return session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(name);
    }
}
