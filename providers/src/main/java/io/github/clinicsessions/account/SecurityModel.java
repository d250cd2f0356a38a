package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.ClinicDirectory;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingKind.Inherited;
import io.github.clinicsessions.clinic.SettingProblem;
import io.github.clinicsessions.platform.RealmSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What {@code security.ftl} is given of a clinic's settings. */
final class SecurityModel {

    private static final String YES = "true";

    /** Empty rows of the list of roles, to add to it. */
    private static final int SPARE_ROWS = 2;

    private final ClinicSettings settings;
    private final Predicate<SettingKey> writable;

    SecurityModel(ClinicSettings settings, Predicate<SettingKey> writable) {
        this.settings = settings;
        this.writable = writable;
    }

    /** @param form shown in place of what is in force */
    Map<String, Object> of(SecurityForm form, SecurityForm.Problems problems) {
        Map<String, Object> fields = new LinkedHashMap<>();
        settings.values().forEach((key, value) -> {
            if (!(value instanceof Map)) {
                fields.put(key.json(), field(key, value, form, problems.texts().get(key)));
            }
        });
        Map<String, Object> model = new HashMap<>();
        model.put("fields", fields);
        model.put("takesReason", takesReason(form));
        model.put(
                "roles",
                Map.of(
                        "writable",
                        writable.test(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES),
                        "rows",
                        rows(form, problems),
                        "most",
                        RealmSettings.MOST_ROLE_IDLE_TIMEOUTS,
                        "tooMany",
                        problems.texts().containsKey(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES)));
        model.put("clinicName", settings.clinic().name());
        model.put("clinicAlias", Objects.requireNonNullElse(settings.clinic().alias(), ""));
        model.put("unsaved", problems.isEmpty() && !form.isEmpty());
        return model;
    }

    /** What all clinics of the realm have, beside one of them. */
    static Map<String, Object> ofAll(KeycloakSession session, RealmModel realm) {
        Map<SettingKey, Object> values =
                new ClinicSettings(session, realm, new ClinicDirectory(session, realm).ofRealm()).all();
        Map<String, Object> ofAll = new HashMap<>();
        ofAll.put("minutes", Objects.requireNonNull(values.get(SettingKey.IDLE_TIMEOUT_MINUTES)));
        ofAll.put(
                "roles",
                rules(values).entrySet().stream()
                        .map(rule -> Map.of("role", rule.getKey(), "minutes", rule.getValue()))
                        .toList());
        if (values.get(SettingKey.MAX_SESSIONS) instanceof Integer max) {
            ofAll.put("maxSessions", max);
        }
        ofAll.put("limitBehavior", Objects.requireNonNull(values.get(SettingKey.LIMIT_BEHAVIOR)));
        String countries = SettingKey.COUNTRIES.typed(Objects.requireNonNull(values.get(SettingKey.COUNTRIES)));
        if (!countries.isEmpty()) {
            ofAll.put("countries", countries);
        }
        return Map.of("ofAll", ofAll);
    }

    /** Whether the time-out as it is shown may not be saved without a reason. */
    private boolean takesReason(SecurityForm form) {
        Map<SettingKey, Object> withoutReason = new EnumMap<>(Map.of(SettingKey.IDLE_TIMEOUT_REASON, ""));
        SettingKey.IDLE_TIMEOUT_MINUTES
                .parse(form.texts().get(SettingKey.IDLE_TIMEOUT_MINUTES))
                .ifPresent(minutes -> withoutReason.put(SettingKey.IDLE_TIMEOUT_MINUTES, minutes));
        return settings.check(withoutReason).stream()
                .anyMatch(problem -> problem.kind() == SettingProblem.Kind.REASON_MISSING);
    }

    private Map<String, Object> field(
            SettingKey key, Object inForce, SecurityForm form, SettingProblem.@Nullable Kind problem) {
        String text = form.texts().getOrDefault(key, own(key, inForce));
        Map<String, Object> field = new HashMap<>();
        field.put("name", key.json());
        field.put("value", text);
        field.put("checked", YES.equals(text));
        field.put("inForce", inForce instanceof Inherited || inForce instanceof List ? key.typed(inForce) : inForce);
        field.put("least", key.least());
        field.put("most", key.most());
        field.put("longest", key.longest());
        field.put("writable", writable.test(key));
        field.put("bad", problem != null);
        field.put("missing", problem == SettingProblem.Kind.REASON_MISSING);
        return field;
    }

    /** Empty where the clinic has no value of its own, so that it keeps having none. */
    private String own(SettingKey key, Object inForce) {
        SettingKey decides = key == SettingKey.IDLE_TIMEOUT_REASON ? SettingKey.IDLE_TIMEOUT_MINUTES : key;
        boolean empty = inForce instanceof Inherited || (settings.inherits(decides) && writable.test(key));
        return empty ? "" : key.typed(inForce);
    }

    private List<Map<String, Object>> rows(SecurityForm form, SecurityForm.Problems problems) {
        Map<String, Integer> inForce = rules(settings.values());
        List<RoleRow> rows = new ArrayList<>(form.roles() == null ? RoleRow.of(inForce) : form.roles());
        if (writable.test(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES)) {
            long spare = rows.stream().filter(RoleRow::isEmpty).count();
            for (long row = spare; row < SPARE_ROWS; row++) {
                rows.add(RoleRow.EMPTY);
            }
        }
        Set<String> fixed = new HashSet<>(inForce.keySet());
        List<Map<String, Object>> models = new ArrayList<>();
        for (int number = 0; number < rows.size(); number++) {
            RoleRow row = rows.get(number);
            Map<String, Object> model = new HashMap<>(row.model(number));
            model.put("fixed", fixed.remove(row.role())); // one that is there twice can be written anew
            RoleRules.Problem problem = problems.roles().get(number);
            if (problem != null) {
                model.put("problem", problem.name());
            }
            models.add(model);
        }
        return models;
    }

    @SuppressWarnings("unchecked") // what the key's values are
    private static Map<String, Integer> rules(Map<SettingKey, Object> values) {
        return (Map<String, Integer>) Objects.requireNonNull(values.get(SettingKey.ROLE_IDLE_TIMEOUT_MINUTES));
    }
}
