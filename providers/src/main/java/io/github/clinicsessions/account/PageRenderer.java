package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.session.ActivityTicket;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;
import org.keycloak.urls.UrlType;

/** Renders our pages in the account console's frame, with the headers that every page of ours has. */
final class PageRenderer {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Theme theme;
    private final ClinicAccountConsole console;
    private @Nullable Properties messages;

    PageRenderer(KeycloakSession session, RealmModel realm, Theme theme, ClinicAccountConsole console) {
        this.session = session;
        this.realm = realm;
        this.theme = theme;
        this.console = console;
    }

    /** Base of all account URLs, with a slash at the end. */
    String accountUrl() {
        return ofRealm(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID) + "/";
    }

    private String ofRealm(String path) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path(RealmsResource.class)
                .path("{realm}/" + path)
                .build(realm.getName())
                .getRawPath();
    }

    /** Messages of the page's language; merged once per request, for that is dear. */
    Properties messages(@Nullable UserModel user) {
        try {
            if (messages == null) {
                messages = theme.getEnhancedMessages(realm, session.getContext().resolveLocale(user));
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page, with the frame's part of the model added to what is given. */
    Response page(
            Response.Status status,
            String template,
            String currentPath,
            @Nullable SignedIn signedIn,
            Map<String, Object> content) {
        try {
            Map<String, Object> model = console.consoleModel();
            String accountUrl = accountUrl();
            model.put("realmName", realmName());
            model.put("url", urls(accountUrl));
            if (signedIn != null) {
                model.put("user", user(signedIn.user()));
                model.put("stateChecker", signedIn.stateChecker());
                model.put("idle", idle());
                if (!signedIn.userSession().isOffline()) {
                    model.put("activityTicket", ActivityTicket.of(session, realm, signedIn.userSession()));
                }
                model.put(
                        "nav",
                        new AccountNavigation(
                                        accountUrl,
                                        currentPath,
                                        AccountFeatures.of(realm, model, AccessPolicy.mayOversee(signedIn.caller())),
                                        messages(signedIn.user()))
                                .read(theme));
            }
            model.putAll(content);
            String html = session.getProvider(FreeMarkerProvider.class).processTemplate(model, template, theme);
            ContentSecurityPolicy.apply(session);
            return Response.status(status)
                    .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT) // as JSON, Keycloak's Account REST API is there
                    .entity(html)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FreeMarkerException e) {
            throw new IllegalStateException("template " + template + " cannot be rendered", e);
        }
    }

    private String realmName() {
        String displayName = realm.getDisplayName();
        return displayName == null || displayName.isBlank() ? realm.getName() : displayName;
    }

    private static Map<String, String> urls(String accountUrl) {
        String sessions = accountUrl + SessionsPages.PATH;
        return Map.ofEntries(
                Map.entry("account", accountUrl),
                Map.entry("sessions", sessions),
                Map.entry("end", sessions + "/end"),
                Map.entry("endOthers", sessions + "/end-others"),
                Map.entry("endAll", sessions + "/end-all"),
                Map.entry("report", sessions + "/report"),
                Map.entry("visibility", sessions + "/visibility"),
                Map.entry("staff", accountUrl + StaffPages.PATH),
                Map.entry("security", accountUrl + SecurityPages.PATH),
                Map.entry("audit", accountUrl + AuditPages.PATH),
                Map.entry("signOut", sessions + "/sign-out"));
    }

    /** What the script needs that signs out when nobody is there: the one that applications load. */
    private Map<String, String> idle() {
        return Map.of(
                "script", ofRealm("clinic-sessions/v1/clinic-idle.js"),
                "keycloak",
                        session.getContext()
                                .getUri(UrlType.FRONTEND)
                                .getBaseUri()
                                .getRawPath(),
                "realm", realm.getName());
    }

    private static Map<String, String> user(UserModel user) {
        Map<String, String> model = new HashMap<>();
        String first = user.getFirstName() == null ? "" : user.getFirstName();
        String last = user.getLastName() == null ? "" : user.getLastName();
        String full = (first + " " + last).strip();
        model.put("username", user.getUsername());
        model.put("displayName", full.isEmpty() ? user.getUsername() : full);
        return model;
    }
}
