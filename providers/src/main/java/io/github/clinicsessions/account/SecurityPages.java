package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.SettingKey;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings of an owner's clinic. */
final class SecurityPages {

    /** Below the account console. */
    static final String PATH = "security";

    /** Query parameter and field: the alias of one of several clinics. */
    private static final String CLINIC = "clinic";

    private static final String YES = "true";
    private static final String NO = "false";

    private final PageCalls calls;

    SecurityPages(PageCalls calls) {
        this.calls = calls;
    }

    /** With what was typed before, if the sign-in had to be renewed in between. */
    Response show() {
        String here =
                calls.here(PATH, CLINIC, SettingKey.IDLE_TIMEOUT_MINUTES.json(), SettingKey.OPT_OUT_ALLOWED.json());
        return calls.show(
                here,
                AccessPolicy::mayOversee,
                signedIn -> ofClinic(
                        calls.query(CLINIC),
                        signedIn,
                        settings -> page(
                                Response.Status.OK,
                                settings,
                                typed(settings, signedIn, calls::query),
                                Set.of(),
                                signedIn)));
    }

    Response save() {
        return calls.change(PATH, AccessPolicy::mayChangeClinic, signedIn -> {
            String alias = calls.form(CLINIC);
            boolean named = signedIn.caller().owned().size() == 1 || (alias != null && !alias.isEmpty());
            return named
                    ? ofClinic(alias, signedIn, settings -> save(settings, signedIn))
                    : calls.error(
                            Response.Status.NOT_FOUND, "NotFound", PATH, signedIn); // never one that was not meant
        });
    }

    private Response save(ClinicSettings settings, SignedIn signedIn) {
        Map<SettingKey, String> typed = typed(settings, signedIn, this::formValue);
        Map<SettingKey, Object> wanted = new EnumMap<>(SettingKey.class);
        Set<SettingKey> bad = EnumSet.noneOf(SettingKey.class);
        typed.forEach(
                (key, text) -> key.parse(text).ifPresentOrElse(value -> wanted.put(key, value), () -> bad.add(key)));
        if (!bad.isEmpty()) {
            return page(Response.Status.BAD_REQUEST, settings, typed, bad, signedIn);
        }
        Map<SettingKey, Object> changes = settings.changes(wanted);
        String page = path(settings.clinic(), Map.of());
        if (changes.isEmpty()) {
            return calls.seeOther(page, Notice.of(Notice.Kind.NOTHING_TO_SAVE), signedIn);
        }
        return calls.recently(path(settings.clinic(), typed), signedIn, () -> {
            settings.change(changes, oversight(settings.clinic(), signedIn));
            return calls.seeOther(page, Notice.of(Notice.Kind.SAVED), signedIn);
        });
    }

    /** A box that is not ticked is not sent. */
    private @Nullable String formValue(String name) {
        String value = calls.form(name);
        return value == null && name.equals(SettingKey.OPT_OUT_ALLOWED.json()) ? NO : value;
    }

    /** What was sent of what may be changed here. */
    private Map<SettingKey, String> typed(
            ClinicSettings settings, SignedIn signedIn, UnaryOperator<@Nullable String> sent) {
        Oversight oversight = oversight(settings.clinic(), signedIn);
        Map<SettingKey, String> typed = new EnumMap<>(SettingKey.class);
        for (SettingKey key : SettingKey.values()) {
            String text = sent.apply(key.json());
            if (text != null && settings.isWritable(key, oversight)) {
                typed.put(key, text);
            }
        }
        return typed;
    }

    /** Below this page nothing is. */
    Response nothing() {
        return calls.show(
                PATH,
                AccessPolicy::mayOversee,
                signedIn -> calls.error(Response.Status.NOT_FOUND, "NotFound", PATH, signedIn));
    }

    private Response ofClinic(@Nullable String alias, SignedIn signedIn, Function<ClinicSettings, Response> page) {
        List<Clinic> clinics = signedIn.caller().owned(alias == null || alias.isEmpty() ? null : alias);
        return clinics.isEmpty()
                ? calls.error(Response.Status.NOT_FOUND, "NotFound", PATH, signedIn)
                : page.apply(new ClinicSettings(calls.session(), calls.realm(), clinics.get(0)));
    }

    private Oversight oversight(Clinic clinic, SignedIn signedIn) {
        return calls.oversight(signedIn, List.of(clinic));
    }

    /** @param typed shown in place of what is in force */
    private Response page(
            Response.Status status,
            ClinicSettings settings,
            Map<SettingKey, String> typed,
            Set<SettingKey> bad,
            SignedIn signedIn) {
        Oversight oversight = oversight(settings.clinic(), signedIn);
        Map<String, Object> fields = new LinkedHashMap<>();
        settings.values().forEach((key, value) -> {
            Map<String, Object> field = new HashMap<>();
            field.put("name", key.json());
            field.put("value", typed.getOrDefault(key, value.toString()));
            field.put("checked", YES.equals(typed.getOrDefault(key, value.toString())));
            field.put("inForce", value);
            field.put("least", key.least());
            field.put("most", key.most());
            field.put(
                    "writable", settings.isWritable(key, oversight) && AccessPolicy.mayChangeClinic(signedIn.caller()));
            field.put("bad", bad.contains(key));
            fields.put(key.json(), field);
        });
        Map<String, Object> model = new HashMap<>();
        model.put("fields", fields);
        model.put("clinicName", settings.clinic().name());
        model.put("clinicAlias", Objects.requireNonNullElse(settings.clinic().alias(), ""));
        model.put("clinics", clinics(settings.clinic(), signedIn));
        model.put("unsaved", bad.isEmpty() && !typed.isEmpty());
        model.put("canSave", AccessPolicy.mayChangeClinic(signedIn.caller()));
        Notice notice = calls.notices().take(signedIn);
        if (notice != null) {
            model.put("notice", notice.model());
        }
        return calls.page(status, "security.ftl", PATH, signedIn, model);
    }

    /** To choose from; empty where there is one only. */
    private List<Map<String, Object>> clinics(Clinic shown, SignedIn signedIn) {
        List<Clinic> owned = signedIn.caller().owned();
        return owned.size() < 2
                ? List.of()
                : owned.stream()
                        .map(clinic -> Map.<String, Object>of(
                                "name", clinic.name(),
                                "href", calls.url(path(clinic, Map.of())).getRawPath() + query(clinic),
                                "current", clinic.id().equals(shown.id())))
                        .toList();
    }

    private static String query(Clinic clinic) {
        return clinic.alias() == null ? "" : "?" + CLINIC + "=" + PageCalls.encoded(clinic.alias());
    }

    private static String path(Clinic clinic, Map<SettingKey, String> typed) {
        StringBuilder path = new StringBuilder(PATH).append(query(clinic));
        typed.forEach((key, text) -> path.append(path.indexOf("?") < 0 ? '?' : '&')
                .append(key.json())
                .append('=')
                .append(PageCalls.encoded(text)));
        return path.toString();
    }
}
