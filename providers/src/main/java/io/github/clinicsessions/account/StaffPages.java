package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Caller;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.Offboarding;
import io.github.clinicsessions.clinic.Offboarding.ReadOnlyDirectoryException;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.Staff;
import io.github.clinicsessions.clinic.StaffPage;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.text.DeviceText;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An owner's pages about their staff: the list, a person's sessions, and what is asked before something ends. Whomever the owner
 * does not oversee does not exist here, as for a person who does not exist.
 */
final class StaffPages {

    /** Below the account console. */
    static final String PATH = "staff";

    /** Query parameter: the alias of one of several clinics; without it, all of theirs. */
    private static final String CLINIC = "clinic";

    private static final String SEARCH = "search";
    private static final String FIRST = "first";

    /** Query parameter and field. */
    private static final String SESSION = "session";

    private static final int ON_A_PAGE = 20;
    private static final int LONGEST_SEARCH = 100;

    private final PageCalls calls;

    StaffPages(PageCalls calls) {
        this.calls = calls;
    }

    Response list() {
        return calls.show(calls.here(PATH, SEARCH, CLINIC, FIRST), AccessPolicy::mayOversee, signedIn -> {
            List<Clinic> clinics = clinics(signedIn);
            if (clinics.isEmpty()) {
                return notFound(signedIn);
            }
            String search = Objects.requireNonNullElse(calls.query(SEARCH), "");
            StaffModel staff = new StaffModel(calls, clinic(), signedIn);
            Map<String, Object> model = new HashMap<>(
                    search.length() > LONGEST_SEARCH
                            ? staff.tooLong(search, LONGEST_SEARCH)
                            : page(search, new Staff(calls.oversight(signedIn, clinics)), staff));
            putNotice(model, signedIn);
            return calls.page(Response.Status.OK, "staff.ftl", PATH, signedIn, model);
        });
    }

    /** The one that was asked for, or else the nearest. */
    private Map<String, Object> page(String search, Staff staff, StaffModel model) {
        int first = firstOfPage(calls.query(FIRST));
        StaffPage page = staff.list(search, first, ON_A_PAGE);
        if (page.staff().isEmpty() && page.total() > 0) {
            first = Math.toIntExact((page.total() - 1) / ON_A_PAGE * ON_A_PAGE);
            page = staff.list(search, first, ON_A_PAGE);
        }
        return model.list(page, search, first, ON_A_PAGE, LONGEST_SEARCH);
    }

    /** Of the page that has the one with this number on it; what is no number counts as none. */
    private static int firstOfPage(@Nullable String text) {
        if (text == null || !text.matches("[0-9]+")) {
            return 0;
        }
        int first = text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
        return first / ON_A_PAGE * ON_A_PAGE;
    }

    Response person(String userId) {
        return calls.show(calls.here(path(userId), CLINIC), AccessPolicy::mayOversee, signedIn -> {
            if (!calls.isForReading()) { // the person would be told that somebody has looked
                return calls.error(Response.Status.FORBIDDEN, "Forbidden", PATH, signedIn);
            }
            return ofOther(userId, signedIn, (oversight, person) -> {
                Map<String, Object> model = new HashMap<>(person(signedIn).of(oversight, person));
                putNotice(model, signedIn);
                return calls.page(Response.Status.OK, "staff-person.ftl", PATH, signedIn, calls.withAttribution(model));
            });
        });
    }

    Response confirmEnd(String userId) {
        return confirm(calls.here(path(userId, "end"), SESSION, CLINIC), signedIn -> {
            String id = Objects.requireNonNullElse(calls.query(SESSION), "");
            return ofOther(
                    userId,
                    signedIn,
                    (oversight, person) -> person.find(id)
                            .map(one -> ask(person(signedIn).end(person, one), signedIn))
                            .orElseGet(() -> endedOrNotFound(id, person, signedIn)));
        });
    }

    Response end(String userId) {
        String id = Objects.requireNonNullElse(calls.form(SESSION), "");
        if (!SessionRef.isWellFormedId(id)) {
            return change(here(userId, "end"), this::notFound);
        }
        String confirmation = path(userId, "end") + "?" + SESSION + "=" + PageCalls.encoded(id)
                + (clinic() == null ? "" : "&" + CLINIC + "=" + PageCalls.encoded(String.valueOf(clinic())));
        return change(
                confirmation,
                signedIn -> ofOther(userId, signedIn, (oversight, person) -> {
                    String label =
                            person.find(id).map(one -> label(one, signedIn)).orElse(null);
                    return person.end(id).count() > 0
                            ? calls.seeOther(here(userId), Notice.ended(label, null), signedIn)
                            : endedOrNotFound(id, person, signedIn);
                }));
    }

    Response confirmEndAll(String userId) {
        return confirm(
                here(userId, "end-all"),
                signedIn -> ofOther(
                        userId,
                        signedIn,
                        (oversight, person) -> ask(person(signedIn).endAll(person), signedIn)));
    }

    Response endAll(String userId) {
        return change(
                here(userId, "end-all"),
                signedIn -> ofOther(
                        userId,
                        signedIn,
                        (oversight, person) -> calls.seeOther(
                                here(userId), Notice.allEnded(person.displayName(), person.endAll()), signedIn)));
    }

    Response confirmOffboard(String userId) {
        return confirm(
                here(userId, "offboard"),
                signedIn -> ifAllowed(
                        userId,
                        signedIn,
                        (oversight, person) -> ask(person(signedIn).offboard(oversight, person), signedIn)));
    }

    Response offboard(String userId) {
        return change(
                here(userId, "offboard"),
                signedIn -> ifAllowed(userId, signedIn, (oversight, person) -> {
                    try {
                        Offboarding.Outcome outcome = new Offboarding(oversight).offboard(person);
                        return calls.seeOther(
                                calls.here(PATH, CLINIC),
                                Notice.offboarded(person.displayName(), outcome.ended(), outcome.disabled()),
                                signedIn);
                    } catch (ReadOnlyDirectoryException e) {
                        return conflict("ReadOnlyDirectory", signedIn);
                    }
                }));
    }

    Response nothing() {
        return calls.show(PATH, AccessPolicy::mayOversee, this::notFound);
    }

    private Response ifAllowed(
            String userId, SignedIn signedIn, BiFunction<Oversight, OverseenPerson, Response> action) {
        return of(userId, signedIn, (oversight, person) -> switch (AccessPolicy.offboarding(
                signedIn.caller(), oversight.clinics(), person.person())) {
            case SELF -> conflict("OffboardSelf", signedIn);
            case OWNER -> conflict("OffboardOwner", signedIn);
            case ALLOWED -> action.apply(oversight, person);
        });
    }

    /** The owner has a page of their own for their own sessions. */
    private Response ofOther(String userId, SignedIn signedIn, BiFunction<Oversight, OverseenPerson, Response> page) {
        return userId.equals(signedIn.user().getId())
                ? Response.seeOther(calls.url(SessionsPages.PATH)).build()
                : of(userId, signedIn, page);
    }

    private Response of(String userId, SignedIn signedIn, BiFunction<Oversight, OverseenPerson, Response> page) {
        List<Clinic> clinics = clinics(signedIn);
        if (clinics.isEmpty()) {
            return notFound(signedIn);
        }
        Oversight oversight = calls.oversight(signedIn, clinics);
        return new Staff(oversight)
                .find(userId)
                .map(person -> page.apply(oversight, person))
                .orElseGet(() -> notFound(signedIn));
    }

    private Response endedOrNotFound(String sessionId, OverseenPerson person, SignedIn signedIn) {
        return SessionRef.isWellFormedId(sessionId) && person.hasEnded(sessionId)
                ? calls.seeOther(here(person.user().getId()), Notice.of(Notice.Kind.ALREADY_ENDED), signedIn)
                : notFound(signedIn);
    }

    private Response confirm(String path, Function<SignedIn, Response> page) {
        return calls.showRecent(path, right(), page);
    }

    private Response change(String confirmation, Function<SignedIn, Response> action) {
        return calls.changeRecent(confirmation, right(), action);
    }

    private static Predicate<Caller> right() {
        return AccessPolicy::mayChangeClinic;
    }

    private Response ask(Map<String, Object> model, SignedIn signedIn) {
        return calls.page(Response.Status.OK, "staff-confirm.ftl", PATH, signedIn, model);
    }

    private Response notFound(SignedIn signedIn) {
        return error(Response.Status.NOT_FOUND, "NotFound", signedIn);
    }

    private Response conflict(String what, SignedIn signedIn) {
        return error(Response.Status.CONFLICT, what, signedIn);
    }

    /** From which the list is the way back. */
    private Response error(Response.Status status, String what, SignedIn signedIn) {
        return calls.page(
                status,
                "error.ftl",
                PATH,
                signedIn,
                Map.of(
                        "status",
                        status.getStatusCode(),
                        "titleKey",
                        "clinicError" + what + "Title",
                        "textKey",
                        "clinicError" + what + "Text",
                        "backUrl",
                        calls.href(PATH),
                        "backKey",
                        "clinicBackToStaff"));
    }

    private void putNotice(Map<String, Object> model, SignedIn signedIn) {
        Notice notice = calls.notices().take(signedIn);
        if (notice != null) {
            model.put("notice", notice.model());
        }
    }

    private @Nullable String label(SessionView one, SignedIn signedIn) {
        return new DeviceText(calls.messages(signedIn), calls.locale(signedIn)).label(one.device());
    }

    private PersonModel person(SignedIn signedIn) {
        return new PersonModel(calls, clinic(), signedIn);
    }

    private List<Clinic> clinics(SignedIn signedIn) {
        return signedIn.caller().owned(clinic());
    }

    /** A form sends an empty one for all. */
    private @Nullable String clinic() {
        String alias = calls.query(CLINIC);
        return alias == null || alias.isEmpty() ? null : alias;
    }

    private String here(String userId, String... below) {
        return calls.here(path(userId, below), CLINIC);
    }

    /** Of the person's page, or of one below it. */
    static String path(String userId, String... below) {
        String person = PATH + "/" + PageCalls.encoded(userId);
        return below.length == 0 ? person : person + "/" + String.join("/", below);
    }
}
