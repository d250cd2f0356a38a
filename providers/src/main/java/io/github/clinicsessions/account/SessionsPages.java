package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.DeviceName;
import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.clinic.OptOut;
import io.github.clinicsessions.clinic.OwnDevices;
import io.github.clinicsessions.clinic.TimeoutReasons;
import io.github.clinicsessions.platform.PasswordChange;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.OwnSessions;
import io.github.clinicsessions.session.Receipt;
import io.github.clinicsessions.session.SessionTerminator;
import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.text.DeviceText;
import io.github.clinicsessions.text.PageTimes;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The pages around the person's own sessions. */
final class SessionsPages {

    /** Below the account console. */
    static final String PATH = "sessions";

    /** Query and form parameter: which session. */
    private static final String SESSION = "session";

    /** Query parameter: whose receipt is to be shown once more. */
    private static final String RECEIPT = "receipt";

    /** Of forms: which device. */
    private static final String DEVICE = "device";

    private final PageCalls calls;
    private final KeycloakSession session;
    private final RealmModel realm;

    SessionsPages(PageCalls calls) {
        this.calls = calls;
        this.session = calls.session();
        this.realm = calls.realm();
    }

    Response list() {
        return show(PATH, signedIn -> {
            Map<String, Object> model = list(signedIn, null);
            Notice notice = calls.notices().take(signedIn);
            String again = calls.query(RECEIPT);
            if (notice != null) {
                model.put("notice", notice.model());
                model.putAll(receipt(notice.receiptId(), false, signedIn));
                if (notice.asksForPassword()) {
                    model.put("passwordUrl", PasswordChange.link(session, realm).toString());
                }
            } else if (again != null) {
                Map<String, Object> receipt = receipt(again, true, signedIn);
                if (!receipt.isEmpty()) {
                    model.put("notice", Notice.receipt(again).model());
                    model.putAll(receipt);
                }
            }
            return calls.page(Response.Status.OK, "sessions.ftl", PATH, signedIn, calls.withAttribution(model));
        });
    }

    /** What the page of the sessions is given. */
    private Map<String, Object> list(SignedIn signedIn, DevicesModel.@Nullable Refused refused) {
        List<SessionView> sessions = own(signedIn).list();
        Map<String, Object> model = new HashMap<>(model(signedIn)
                .of(
                        sessions,
                        TimeoutReasons.ofOwn(session, realm, signedIn.user()),
                        AccessPolicy.mayEndOwnSessions(signedIn.caller()),
                        AccessPolicy.mayReport(signedIn.caller())));
        String currentId = sessions.stream()
                .filter(SessionView::current)
                .map(SessionView::deviceId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        model.putAll(devicesModel(signedIn)
                .of(devices(signedIn).list(), currentId, AccessPolicy.mayChangeOwnDevices(signedIn.caller()), refused));
        model.putAll(
                new PrivacyModel(session, realm, new PageTimes(PageCalls.now(), calls.locale(signedIn))).of(signedIn));
        return model;
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
            return calls.page(
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
            String id = calls.form(SESSION);
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

    /** Of a session that has ended meanwhile too, as far as anything is known of it. */
    Response confirmReport() {
        String asked = Objects.requireNonNullElse(calls.query(SESSION), "");
        return calls.show(calls.here(PATH + "/report", SESSION), AccessPolicy::maySeeOwnSessions, signedIn -> {
            if (!AccessPolicy.mayReport(signedIn.caller())) {
                return error(Response.Status.FORBIDDEN, "NoRight", signedIn);
            }
            if (!isReportable(asked, signedIn)) {
                return error(Response.Status.NOT_FOUND, "NotFound", signedIn);
            }
            SessionView living = own(signedIn).list().stream()
                    .filter(one -> one.id().equals(asked))
                    .findFirst()
                    .orElse(null);
            Map<String, Object> model =
                    model(signedIn).of(asked, living, TimeoutReasons.ofOwn(session, realm, signedIn.user()));
            return calls.page(Response.Status.OK, "report.ftl", PATH, signedIn, calls.withAttribution(model));
        });
    }

    Response report() {
        return change(signedIn -> {
            String id = Objects.requireNonNullElse(calls.form(SESSION), "");
            if (!AccessPolicy.mayReport(signedIn.caller())) {
                return error(Response.Status.FORBIDDEN, "NoRight", signedIn);
            }
            if (!isReportable(id, signedIn)) {
                return error(Response.Status.NOT_FOUND, "NotFound", signedIn);
            }
            NotMe.Report report = new NotMe.Report(
                    SessionRef.of(id),
                    null,
                    calls.form("others") != null,
                    signedIn.userSession().getId(),
                    NotMe.Via.PAGE);
            NotMe.Outcome outcome =
                    new NotMe(session, realm).report(signedIn.user(), report).orElseThrow();
            return listWith(Notice.reported(outcome), signedIn);
        });
    }

    /** The person's, now or before; not the one they are in. */
    private boolean isReportable(String id, SignedIn signedIn) {
        return SessionRef.isWellFormedId(id)
                && !id.equals(signedIn.userSession().getId())
                && own(signedIn).has(id);
    }

    Response chooseVisibility() {
        return change(signedIn -> {
            OptOut optOut = new OptOut(session, realm, signedIn.userSession());
            if (!AccessPolicy.mayChooseVisibility(signedIn.caller()) || !optOut.isOffered()) {
                return error(Response.Status.FORBIDDEN, "NoRight", signedIn);
            }
            boolean hidden = Boolean.parseBoolean(calls.form("hidden"));
            if (!optOut.choose(hidden)) {
                return listWith(Notice.of(Notice.Kind.NOT_STORED), signedIn);
            }
            return listWith(Notice.of(hidden ? Notice.Kind.HIDDEN : Notice.Kind.SHOWN), signedIn);
        });
    }

    /** An empty name takes it away. */
    Response nameDevice() {
        return changeDevices(signedIn -> {
            String id = Objects.requireNonNullElse(calls.form(DEVICE), "");
            String typed = Objects.requireNonNullElse(calls.form("name"), "");
            String name = DeviceName.parse(typed).orElse(null);
            if (name == null && !typed.isBlank()) {
                Map<String, Object> model = list(signedIn, new DevicesModel.Refused(id, DevicesModel.shown(typed)));
                return calls.page(
                        Response.Status.BAD_REQUEST, "sessions.ftl", PATH, signedIn, calls.withAttribution(model));
            }
            return devices(signedIn)
                    .name(id, name)
                    .map(device -> listWith(Notice.named(device.name()), signedIn))
                    .orElseGet(() -> error(Response.Status.NOT_FOUND, "NotFound", signedIn));
        });
    }

    Response forgetDevice() {
        return changeDevices(signedIn -> devices(signedIn)
                .forget(Objects.requireNonNullElse(calls.form(DEVICE), ""))
                .map(device -> listWith(Notice.forgotten(devicesModel(signedIn).called(device)), signedIn))
                .orElseGet(() -> error(Response.Status.NOT_FOUND, "NotFound", signedIn)));
    }

    Response signOut() {
        return change(signedIn -> calls.signIn().redirectToSignOut(signedIn, calls.url(PATH)));
    }

    Response redirectToList() {
        return Response.status(Response.Status.FOUND).location(calls.url(PATH)).build();
    }

    private Response show(String path, Function<SignedIn, Response> page) {
        return calls.show(path, AccessPolicy::maySeeOwnSessions, page);
    }

    private Response change(Function<SignedIn, Response> action) {
        return calls.change(PATH, AccessPolicy::mayEndOwnSessions, action);
    }

    private Response changeDevices(Function<SignedIn, Response> action) {
        return calls.change(PATH, AccessPolicy::mayChangeOwnDevices, action);
    }

    private Response error(Response.Status status, String what, SignedIn signedIn) {
        return calls.error(status, what, PATH, signedIn);
    }

    private Response listWith(Notice notice, SignedIn signedIn) {
        return calls.seeOther(PATH, notice, signedIn);
    }

    /** This browser is signed out too: its next page is the sign-in page. */
    private Response leave() {
        AuthenticationManager.expireIdentityCookie(session);
        return Response.seeOther(calls.url(PATH)).build();
    }

    private OwnSessions own(SignedIn signedIn) {
        return new OwnSessions(session, realm, signedIn.user(), signedIn.userSession());
    }

    private OwnDevices devices(SignedIn signedIn) {
        return new OwnDevices(session, realm, signedIn.user());
    }

    private DevicesModel devicesModel(SignedIn signedIn) {
        return new DevicesModel(calls.messages(signedIn), calls.locale(signedIn), PageCalls.now());
    }

    private SessionsModel model(SignedIn signedIn) {
        return new SessionsModel(calls.messages(signedIn), calls.locale(signedIn), PageCalls.now());
    }

    private DeviceText deviceText(SignedIn signedIn) {
        return new DeviceText(calls.messages(signedIn), calls.locale(signedIn));
    }
}
