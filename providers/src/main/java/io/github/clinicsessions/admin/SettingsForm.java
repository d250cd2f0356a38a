package io.github.clinicsessions.admin;

import io.github.clinicsessions.clinic.ClinicDirectory;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingProblem;
import io.github.clinicsessions.platform.RealmSwitch;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The settings of a realm as the Admin Console's form has them: each a text of its own name. */
final class SettingsForm {

    private static final String MESSAGES = "clinicSessions";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClinicSettings settings;

    SettingsForm(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.settings = new ClinicSettings(session, realm, new ClinicDirectory(session, realm).ofRealm());
    }

    /** Without defaults: the console would show them for what is in force. */
    static List<ProviderConfigProperty> fields() {
        return Stream.of(SettingKey.values())
                .map(key -> {
                    ProviderConfigProperty field = new ProviderConfigProperty();
                    field.setName(key.json());
                    field.setLabel(label(key));
                    field.setHelpText(label(key) + "Help");
                    field.setType(type(key.kind()));
                    if (key.kind() instanceof SettingKind.Choice choice) {
                        field.setOptions(choice.words());
                    }
                    return field;
                })
                .toList();
    }

    private static String type(SettingKind kind) {
        if (kind instanceof SettingKind.Flag) {
            return ProviderConfigProperty.BOOLEAN_TYPE;
        }
        if (kind instanceof SettingKind.Choice) {
            return ProviderConfigProperty.LIST_TYPE;
        }
        return kind instanceof SettingKind.WholeNumber
                ? ProviderConfigProperty.NUMBER_TYPE
                : ProviderConfigProperty.STRING_TYPE;
    }

    /** What is in force, as the form shows it. */
    MultivaluedHashMap<String, String> inForce() {
        MultivaluedHashMap<String, String> texts = new MultivaluedHashMap<>();
        settings.all().forEach((key, value) -> {
            String text = key.kind() instanceof SettingKind.NumberByRole ? JsonField.text(value) : key.typed(value);
            if (!text.isEmpty()) { // which not every database keeps
                texts.putSingle(key.json(), text);
            }
        });
        return texts;
    }

    /**
     * Changes what is entered and differs from what is in force. What is left empty stays; what a realm can do without goes when it
     * has been emptied.
     *
     * @param before what was in the form
     * @throws ComponentValidationException in the words of the message bundles; the request must not be committed then
     */
    void save(MultivaluedHashMap<String, String> entered, MultivaluedHashMap<String, String> before)
            throws ComponentValidationException {
        if (!RealmSwitch.isOn(realm)) {
            throw new ComponentValidationException(MESSAGES + "Off");
        }
        Map<SettingKey, Object> wanted = new EnumMap<>(SettingKey.class);
        for (SettingKey key : SettingKey.values()) {
            String text = entered.getFirst(key.json());
            if (text == null || text.isBlank()) {
                if (settings.canDoWithout(key) && before.getFirst(key.json()) != null) {
                    wanted.put(key, Inherited.INHERITED);
                }
            } else {
                Object sent = key.kind() instanceof SettingKind.NumberByRole ? JsonField.parse(text) : text;
                wanted.put(key, key.parse(sent).orElseThrow(() -> refusal(key)));
            }
        }
        Map<SettingKey, Object> changes = settings.changes(wanted);
        List<SettingProblem> problems = settings.check(changes);
        if (!problems.isEmpty()) {
            throw refusal(problems.get(0));
        }
        if (!changes.isEmpty()) { // empty when it is we who keep the form in step
            settings.change(changes, administrator());
        }
    }

    private static ComponentValidationException refusal(SettingKey key) {
        if (key.kind() instanceof SettingKind.Flag) {
            return new ComponentValidationException(MESSAGES + "Flag", label(key));
        }
        if (key.kind() instanceof SettingKind.Choice choice) {
            return new ComponentValidationException(MESSAGES + "Choice", label(key), String.join(", ", choice.words()));
        }
        if (key.kind() instanceof SettingKind.Text) {
            return new ComponentValidationException(MESSAGES + "Text", label(key), Integer.toString(key.longest()));
        }
        if (key.kind() instanceof SettingKind.CountryList) {
            return new ComponentValidationException(MESSAGES + "Codes", label(key), Integer.toString(key.most()));
        }
        return new ComponentValidationException(
                key.isNumber() ? MESSAGES + "Number" : MESSAGES + "Roles",
                label(key),
                Integer.toString(key.least()),
                Integer.toString(key.most()));
    }

    private static ComponentValidationException refusal(SettingProblem problem) {
        return switch (problem.kind()) {
            case BOUND -> refusal(problem.key());
            case REASON_MISSING -> new ComponentValidationException(MESSAGES + "ReasonMissing", label(problem.key()));
            case UNKNOWN_ROLE ->
                new ComponentValidationException(MESSAGES + "UnknownRole", label(problem.key()), problem.role());
        };
    }

    private static String label(SettingKey key) {
        return MESSAGES
                + Character.toUpperCase(key.json().charAt(0))
                + key.json().substring(1);
    }

    /** Whose bearer token the request carries; Keycloak has asked whether they may. */
    private Oversight administrator() {
        UserModel user = session.getContext().getUser();
        if (user == null || !(session.getContext().getBearerToken() instanceof AccessToken token)) {
            throw new IllegalStateException("settings are changed by administrators, and nobody asks");
        }
        String issuer = token.getIssuer();
        RealmModel home = session.realms().getRealmByName(issuer.substring(issuer.lastIndexOf('/') + 1));
        ClientModel client = home == null ? null : home.getClientByClientId(token.getIssuedFor());
        if (client == null) {
            throw new IllegalStateException("a token of no client");
        }
        AdminAuth auth = new AdminAuth(home, token, user, client);
        return Oversight.ofAdministrator(
                session,
                realm,
                user,
                null,
                new AdminEventBuilder(realm, auth, session, session.getContext().getConnection()));
    }
}
