package io.github.clinicsessions.api;

import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.clinic.NoticedSignIn;
import io.github.clinicsessions.clinic.PasswordHome;
import io.github.clinicsessions.clinic.ReportLinks;
import io.github.clinicsessions.clinic.ReportLinks.Open;
import io.github.clinicsessions.platform.PasswordChange;
import io.github.clinicsessions.text.DeviceText;
import io.github.clinicsessions.text.PageTimes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.theme.Theme;

/**
 * The page of the link in a mail, with which a person says that a sign-in was not theirs; in the sign-in theme, for whoever has the link,
 * without a sign-in. Opened, it asks and changes nothing; only its form acts, once. For every link that cannot be used the answer is the
 * same.
 */
public final class ReportPage {

    private static final Logger LOG = Logger.getLogger(ReportPage.class);
    private static final String TEMPLATE = "clinic-report.ftl";
    private static final String OTHERS = "others";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ReportLinks links;

    ReportPage(KeycloakSession session) {
        this.session = session;
        realm = session.getContext().getRealm();
        links = new ReportLinks(session, realm);
    }

    /** 200: asks. 404: the link cannot be used. */
    @GET
    @Path("{key}")
    public Response ask(@PathParam("key") String key) {
        return guarded(() -> links.open(key).map(this::question).orElseGet(this::invalid));
    }

    /** 200: it is done. 404: the link cannot be used. */
    @POST
    @Path("{key}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(@PathParam("key") String key) {
        return guarded(() -> links.open(key)
                .filter(open -> links.use(open.token()))
                .map(this::report)
                .orElseGet(this::invalid));
    }

    private Response report(Open open) {
        boolean others =
                session.getContext().getHttpRequest().getDecodedFormParameters().containsKey(OTHERS);
        NotMe.@Nullable Outcome outcome;
        try {
            outcome = new NotMe(session, realm)
                    .report(
                            open.person(),
                            new NotMe.Report(open.sessionRef(), open.noticed(), others, null, NotMe.Via.MAIL))
                    .orElse(null);
        } catch (RuntimeException e) {
            links.giveBack(open.token());
            throw e;
        }
        if (outcome == null) {
            return invalid();
        }
        PasswordHome password = outcome.password();
        Map<String, Object> model = new HashMap<>();
        model.put("state", "done");
        model.put("ended", outcome.ended());
        model.put(
                "password",
                outcome.passwordRequired() ? "REQUIRED" : password.kind().name());
        model.put("elsewhere", password.elsewhere());
        model.put("signIn", PasswordChange.sessionsPage(session, realm));
        model.put("change", PasswordChange.link(session, realm).toString());
        return page(Response.Status.OK, open.person(), model);
    }

    private Response question(Open open) {
        UserModel person = open.person();
        Map<String, Object> model = new HashMap<>();
        model.put("state", "ask");
        NoticedSignIn noticed = open.noticed();
        Locale locale = session.getContext().resolveLocale(person);
        model.put(
                "at",
                new PageTimes(Instant.ofEpochMilli(Time.currentTimeMillis()), locale)
                        .moment(Instant.ofEpochMilli(noticed.at())));
        putIfKnown(model, "device", new DeviceText(messages(locale), locale).label(noticed.label()));
        putIfKnown(model, "ipAddress", noticed.ipAddress());
        return page(Response.Status.OK, person, model);
    }

    private Response invalid() {
        return page(
                Response.Status.NOT_FOUND,
                null,
                Map.of("state", "invalid", "signIn", PasswordChange.sessionsPage(session, realm)));
    }

    private interface Call {
        Response answer();
    }

    private Response guarded(Call call) {
        try {
            LocaleUtil.processLocaleParam(session, realm, null);
            return call.answer();
        } catch (RuntimeException e) {
            LOG.error("a report by a link failed", e);
            session.getTransactionManager().setRollbackOnly();
            return page(Response.Status.INTERNAL_SERVER_ERROR, null, Map.of("state", "failed"));
        }
    }

    /** @param person in whose language; null for the browser's */
    private Response page(Response.Status status, @Nullable UserModel person, Map<String, Object> model) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class)
                .setAttribute("clinicReport", model)
                .setStatus(status);
        if (person != null) {
            form.setUser(person);
        }
        Response page = form.createForm(TEMPLATE);
        page.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        return page;
    }

    private Properties messages(Locale locale) {
        try {
            return session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putIfKnown(Map<String, Object> model, String key, @Nullable Object value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
