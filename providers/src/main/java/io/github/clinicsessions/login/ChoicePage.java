package io.github.clinicsessions.login;

import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.SessionDirectory;
import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.text.DeviceText;
import io.github.clinicsessions.text.PageTimes;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.theme.Theme;

/** The page that asks a person which of their own sessions are to end: those that count towards the limit. */
final class ChoicePage {

    /** Form parameter, one for each chosen session: its id. */
    static final String FIELD = "session";

    /** Form parameter: the button that gives the sign-in up. */
    static final String CANCEL = "cancel";

    private static final String TEMPLATE = "clinic-session-limit.ftl";

    private final AuthenticationFlowContext context;
    private final SessionLimit limit;
    private final List<SessionView> sessions;

    ChoicePage(AuthenticationFlowContext context, SessionLimit limit) {
        this.context = context;
        this.limit = limit;
        this.sessions = new SessionDirectory(context.getSession())
                .ownOf(context.getRealm(), context.getUser(), null).stream()
                        .filter(one -> limit.countsOffline() || !one.offline())
                        .toList();
    }

    /** How many sessions it lists. */
    int size() {
        return sessions.size();
    }

    /** Those of the ids that are on the page; what else a browser sends is nobody's. */
    Set<String> idsAmong(Collection<String> ids) {
        Set<String> asked = new HashSet<>(ids);
        return sessions.stream()
                .map(SessionView::id)
                .filter(asked::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The page.
     *
     * @param needed how many must be chosen at least
     * @param tooFew whether the person has sent a choice that is not enough
     */
    Response render(int needed, Set<String> chosen, boolean tooFew) {
        LoginFormsProvider form = context.form().setAttribute("clinicLimit", model(needed, chosen));
        if (tooFew) {
            form.addError(new FormMessage(FIELD, "clinicLoginLimitTooFew", needed, chosen.size()));
        }
        return form.createForm(TEMPLATE);
    }

    private Map<String, Object> model(int needed, Set<String> chosen) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        UserModel user = context.getUser();
        Locale locale = session.getContext().resolveLocale(user);
        DeviceText devices = new DeviceText(messages(session, realm, locale), locale);
        ClientNames clients = ClientNames.of(session, realm, locale);
        PageTimes times = new PageTimes(Instant.ofEpochMilli(Time.currentTimeMillis()), locale);
        Comparator<SessionView> byLabel = Comparator.comparing(
                        (SessionView one) -> Objects.requireNonNullElse(devices.label(one.device()), "\uffff"))
                .thenComparing(SessionView::lastActiveAt, Comparator.reverseOrder())
                .thenComparing(SessionView::id);
        return Map.of(
                "max",
                limit.max(),
                "needed",
                needed,
                "sessions",
                sessions.stream()
                        .sorted(byLabel)
                        .map(one -> row(one, chosen, devices, clients, times))
                        .toList());
    }

    private static Map<String, Object> row(
            SessionView one, Set<String> chosen, DeviceText devices, ClientNames clients, PageTimes times) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", one.id());
        row.put("chosen", chosen.contains(one.id()));
        putIfKnown(row, "name", one.deviceName());
        putIfKnown(row, "label", devices.label(one.device()));
        putIfKnown(row, "ipAddress", one.ipAddress());
        row.put(
                "applications",
                one.clients().stream().map(clients::of).distinct().toList());
        row.put("lastActive", times.ago(one.lastActiveAt()));
        row.put("started", times.moment(one.startedAt()));
        row.put("offlineAccess", one.offline() || one.offlineAccess());
        row.put("impersonated", one.impersonator() != null);
        return row;
    }

    private static Properties messages(KeycloakSession session, RealmModel realm, Locale locale) {
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
