package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.platform.Countries;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The settings of an owner's clinic. */
final class SecurityPages {

    /** Below the account console. */
    static final String PATH = "security";

    /** Query parameter and field: the alias of one of several clinics. */
    private static final String CLINIC = "clinic";

    /** Query parameter: what was typed before the sign-in was renewed. */
    private static final String DRAFT = "draft";

    private static final String NO = "false";

    private static final Set<String> BOXES = Set.of(SettingKey.OPT_OUT_ALLOWED.json(), SettingKey.NOTIFY_OWNER.json());

    private final PageCalls calls;

    SecurityPages(PageCalls calls) {
        this.calls = calls;
    }

    /** With what was typed before, if the sign-in had to be renewed in between. */
    Response show() {
        return calls.show(
                calls.here(PATH, CLINIC, DRAFT),
                AccessPolicy::mayOversee,
                signedIn -> ofClinic(calls.query(CLINIC), signedIn, settings -> {
                    String draft = calls.query(DRAFT);
                    Map<String, String> typed = draft == null
                            ? Map.of()
                            : new Drafts(calls.session()).find(draft, form(settings.clinic()), signedIn);
                    return page(
                            Response.Status.OK,
                            settings,
                            SecurityForm.of(typed::get, writable(settings, signedIn)),
                            SecurityForm.Problems.NONE,
                            signedIn);
                }));
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
        SecurityForm form = SecurityForm.of(this::formValue, writable(settings, signedIn));
        Predicate<SettingKey> inheritable = settings::canDoWithout;
        Map<SettingKey, Object> changes = settings.changes(form.values(inheritable));
        SecurityForm.Problems problems = form.unreadable(inheritable).and(form.at(settings.check(changes)));
        if (!problems.isEmpty()) {
            return page(Response.Status.BAD_REQUEST, settings, form, problems, signedIn);
        }
        String page = path(settings.clinic());
        if (changes.isEmpty()) {
            return calls.seeOther(page, Notice.of(Notice.Kind.NOTHING_TO_SAVE), signedIn);
        }
        return calls.recently(page, () -> pageWithDraft(settings.clinic(), form, signedIn), signedIn, () -> {
            settings.change(changes, oversight(settings.clinic(), signedIn));
            return calls.seeOther(page, Notice.of(Notice.Kind.SAVED), signedIn);
        });
    }

    private String pageWithDraft(Clinic clinic, SecurityForm form, SignedIn signedIn) {
        String id = new Drafts(calls.session()).keep(form(clinic), signedIn, form.asSent());
        String page = path(clinic);
        return page + (page.contains("?") ? "&" : "?") + DRAFT + "=" + PageCalls.encoded(id);
    }

    /** What drafts are of. */
    private static String form(Clinic clinic) {
        return PATH + "." + clinic.id();
    }

    /** A box that is not ticked is not sent. */
    private @Nullable String formValue(String name) {
        String value = calls.form(name);
        return value == null && BOXES.contains(name) ? NO : value;
    }

    private Predicate<SettingKey> writable(ClinicSettings settings, SignedIn signedIn) {
        Oversight oversight = oversight(settings.clinic(), signedIn);
        return key -> settings.isWritable(key, oversight);
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

    /** @param form shown in place of what is in force */
    private Response page(
            Response.Status status,
            ClinicSettings settings,
            SecurityForm form,
            SecurityForm.Problems problems,
            SignedIn signedIn) {
        boolean canSave = AccessPolicy.mayChangeClinic(signedIn.caller());
        Map<String, Object> model = new HashMap<>(
                new SecurityModel(settings, writable(settings, signedIn).and(key -> canSave)).of(form, problems));
        if (!settings.clinic().isRealm()) {
            model.putAll(SecurityModel.ofAll(calls.session(), calls.realm()));
        }
        model.put("clinics", clinics(settings.clinic(), signedIn));
        model.put("countryNames", countryNames(settings, signedIn));
        model.put("canSave", canSave);
        Notice notice = calls.notices().take(signedIn);
        if (notice != null) {
            model.put("notice", notice.model());
        }
        return calls.page(status, "security.ftl", PATH, signedIn, model);
    }

    /** Of those in force, so that a code that was not meant is seen. */
    private List<String> countryNames(ClinicSettings settings, SignedIn signedIn) {
        return settings.values().get(SettingKey.COUNTRIES) instanceof List<?> codes
                ? codes.stream()
                        .map(code -> Countries.name(String.valueOf(code), calls.locale(signedIn)))
                        .toList()
                : List.of();
    }

    /** To choose from; empty where there is one only. */
    private List<Map<String, Object>> clinics(Clinic shown, SignedIn signedIn) {
        List<Clinic> owned = signedIn.caller().owned();
        return owned.size() < 2
                ? List.of()
                : owned.stream()
                        .map(clinic -> Map.<String, Object>of(
                                "name", clinic.name(),
                                "href", calls.url(PATH).getRawPath() + query(clinic),
                                "current", clinic.id().equals(shown.id())))
                        .toList();
    }

    private static String query(Clinic clinic) {
        return clinic.alias() == null ? "" : "?" + CLINIC + "=" + PageCalls.encoded(clinic.alias());
    }

    private static String path(Clinic clinic) {
        return PATH + query(clinic);
    }
}
