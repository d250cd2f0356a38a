package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Callers;
import io.github.clinicsessions.platform.RealmSwitch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.account.AccountConsole;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;

/**
 * Keycloak's account console, which goes on serving every path of its own, with our pages beside it. Where the realm is
 * not switched on, our pages are not there and the console is the stock one.
 */
public class ClinicAccountConsole extends AccountConsole {

    private static final Logger LOG = Logger.getLogger(ClinicAccountConsole.class);

    /** Where the stock template prints the features that navigation items may ask for. */
    private static final String FEATURES = "\"features\": {";

    private final RealmModel realm;
    private final ClientModel accountClient;
    private final Theme theme;
    private final boolean on;

    /** While set, the console's model is caught here and nothing is rendered. */
    private @Nullable Map<String, Object> caught;

    public ClinicAccountConsole(KeycloakSession session, ClientModel accountClient, Theme theme) {
        super(session, accountClient, theme);
        this.realm = session.getContext().getRealm();
        this.accountClient = accountClient;
        this.theme = theme;
        this.on = RealmSwitch.isOn(realm);
    }

    /** Where the person is signed in. */
    @GET
    @Path("sessions")
    public Response sessions() {
        return pages().list();
    }

    /** Ends the session named in the form. */
    @POST
    @Path("sessions/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endSession() {
        return pages().end();
    }

    /** Ends all sessions but this one. */
    @POST
    @Path("sessions/end-others")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endOtherSessions() {
        return pages().endOthers();
    }

    /** Asks whether to end all sessions. */
    @GET
    @Path("sessions/end-all")
    public Response confirmEndAllSessions() {
        return pages().confirmEndAll();
    }

    /** Ends all sessions, this one too. */
    @POST
    @Path("sessions/end-all")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endAllSessions() {
        return pages().endAll();
    }

    /** Asks whether to report the session that the query names as not the person's. */
    @GET
    @Path("sessions/report")
    public Response confirmReport() {
        return pages().confirmReport();
    }

    /** Reports the session named in the form. */
    @POST
    @Path("sessions/report")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response report() {
        return pages().report();
    }

    /** Chooses whether the owner sees the sessions. */
    @POST
    @Path("sessions/visibility")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response chooseVisibility() {
        return pages().chooseVisibility();
    }

    /** Names the device in the form, or takes its name away. */
    @POST
    @Path("sessions/devices/name")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response nameDevice() {
        return pages().nameDevice();
    }

    /** Forgets the device in the form. */
    @POST
    @Path("sessions/devices/forget")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response forgetDevice() {
        return pages().forgetDevice();
    }

    /** Signs out of this session, by Keycloak's own logout endpoint. */
    @POST
    @Path("sessions/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signOut() {
        return pages().signOut();
    }

    /** The staff of the owner's clinics. */
    @GET
    @Path("staff")
    public Response staff() {
        return staffPages().list();
    }

    /** Where a person of the staff is signed in. */
    @GET
    @Path("staff/{userId}")
    public Response person(@PathParam("userId") String userId) {
        return staffPages().person(userId);
    }

    /** Asks whether to end the person's session that the query names. */
    @GET
    @Path("staff/{userId}/end")
    public Response confirmEndOfPerson(@PathParam("userId") String userId) {
        return staffPages().confirmEnd(userId);
    }

    /** Ends the person's session named in the form. */
    @POST
    @Path("staff/{userId}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endOfPerson(@PathParam("userId") String userId) {
        return staffPages().end(userId);
    }

    /** Asks whether to end all of the person's sessions. */
    @GET
    @Path("staff/{userId}/end-all")
    public Response confirmEndAllOfPerson(@PathParam("userId") String userId) {
        return staffPages().confirmEndAll(userId);
    }

    /** Ends all of the person's sessions. */
    @POST
    @Path("staff/{userId}/end-all")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response endAllOfPerson(@PathParam("userId") String userId) {
        return staffPages().endAll(userId);
    }

    /** Asks whether to offboard the person. */
    @GET
    @Path("staff/{userId}/offboard")
    public Response confirmOffboard(@PathParam("userId") String userId) {
        return staffPages().confirmOffboard(userId);
    }

    /** Offboards the person. */
    @POST
    @Path("staff/{userId}/offboard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response offboard(@PathParam("userId") String userId) {
        return staffPages().offboard(userId);
    }

    /** Below a person's page nothing else is. */
    @GET
    @Path("staff/{userId}/{other:.+}")
    public Response nothingOfPerson() {
        return staffPages().nothing();
    }

    /** The settings of the owner's clinics. */
    @GET
    @Path("security")
    public Response security() {
        return new SecurityPages(calls()).show();
    }

    /** Changes them. */
    @POST
    @Path("security")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeSecurity() {
        return new SecurityPages(calls()).save();
    }

    /** Below it nothing is. */
    @GET
    @Path("security/{other:.+}")
    public Response nothingOfSecurity() {
        return new SecurityPages(calls()).nothing();
    }

    /** Below our page nothing else is, and no stock page either. */
    @GET
    @Path("sessions/{other:.+}")
    public Response nothing() {
        return pages().nothing();
    }

    /** What happened to the sessions of an owner's staff. */
    @GET
    @Path("audit")
    public Response audit() {
        return audits().list();
    }

    /** The same as a file. */
    @GET
    @Path("audit.csv")
    public Response auditCsv() {
        return audits().csv();
    }

    /** The stock page that ours takes the place of. */
    @GET
    @Path("account-security/device-activity")
    public Response deviceActivity() throws IOException, FreeMarkerException {
        return on ? pages().redirectToList() : renderAccountConsole();
    }

    /**
     * The model of the stock console for this request: locale, messages, resources and which of its pages this person
     * has. Taken from Keycloak, so that our frame cannot drift from the console's.
     */
    Map<String, Object> consoleModel() throws IOException, FreeMarkerException {
        Map<String, Object> model = new HashMap<>();
        caught = model;
        try {
            renderAccountConsole();
        } finally {
            caught = null;
        }
        return model;
    }

    @Override
    protected String renderAccountConsole(FreeMarkerProvider freeMarker, Map<String, Object> model)
            throws FreeMarkerException {
        if (caught != null) {
            caught.putAll(model);
            return "";
        }
        String html = super.renderAccountConsole(freeMarker, model);
        if (!html.contains(FEATURES)) {
            LOG.warnf("theme %s prints no features: the account console shows no Sessions entry", theme.getName());
            return html;
        }
        return html.replace(FEATURES, FEATURES + AccountFeatures.json(on, on && isOwner()));
    }

    /** Whether whoever is signed in oversees a clinic: the console has looked at the cookie when it was made. */
    private boolean isOwner() {
        UserSessionModel userSession = session.getContext().getUserSession();
        try {
            return userSession != null
                    && AccessPolicy.mayOversee(Callers.byCookie(session, userSession, accountClient));
        } catch (RuntimeException e) {
            LOG.warn("the account console shows no entries for owners", e); // the rest of it is not ours to break
            return false;
        }
    }

    /** All messages as JSON, for scripts of templates: our pages have none, and it is the dearest part of the model. */
    @Override
    protected String messagesToJsonString(Properties messages) {
        return caught == null ? super.messagesToJsonString(messages) : "{}";
    }

    private SessionsPages pages() {
        return new SessionsPages(calls());
    }

    private StaffPages staffPages() {
        return new StaffPages(calls());
    }

    private AuditPages audits() {
        return new AuditPages(calls());
    }

    private PageCalls calls() {
        return new PageCalls(session, realm, accountClient, new PageRenderer(session, realm, theme, this));
    }
}
