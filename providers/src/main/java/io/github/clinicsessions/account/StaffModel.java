package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.StaffMember;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import io.github.clinicsessions.clinic.StaffPage;
import io.github.clinicsessions.text.PageTimes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code staff.ftl} is given. */
final class StaffModel {

    private final PageCalls calls;
    private final @Nullable String clinic;
    private final SignedIn signedIn;
    private final Instant now = PageCalls.now();
    private final PageTimes times;

    /** @param clinic the alias that was asked for; null for all */
    StaffModel(PageCalls calls, @Nullable String clinic, SignedIn signedIn) {
        this.calls = calls;
        this.clinic = clinic;
        this.signedIn = signedIn;
        this.times = new PageTimes(now, calls.locale(signedIn));
    }

    /** @param first how many are on the pages before it */
    Map<String, Object> list(StaffPage page, String search, int first, int onAPage, int longestSearch) {
        Map<String, Object> list = form(search, longestSearch);
        list.put("tooLong", false);
        list.put("total", page.total());
        list.put("from", first + 1);
        list.put("to", first + page.staff().size());
        list.put("people", page.staff().stream().map(this::person).toList());
        if (first > 0) {
            list.put("previous", href(search, first - onAPage));
        }
        if (first + page.staff().size() < page.total()) {
            list.put("next", href(search, first + onAPage));
        }
        return Map.of("list", list, "today", times.today());
    }

    /** Nobody is looked for. */
    Map<String, Object> tooLong(String search, int longestSearch) {
        Map<String, Object> list = form(search, longestSearch);
        list.put("tooLong", true);
        list.put("total", 0);
        list.put("people", List.of());
        return Map.of("list", list, "today", times.today());
    }

    private Map<String, Object> form(String search, int longestSearch) {
        Map<String, Object> list = new HashMap<>();
        list.put("now", now.toString());
        list.put("search", search);
        list.put("longestSearch", longestSearch);
        list.put("all", href("", 0));
        List<Clinic> owned = signedIn.caller().owned();
        list.put(
                "clinics",
                owned.size() < 2 ? List.of() : owned.stream().map(this::choice).toList());
        list.put("clinic", Objects.requireNonNullElse(clinic, ""));
        return list;
    }

    private Map<String, Object> choice(Clinic one) {
        String alias = Objects.requireNonNullElse(one.alias(), "");
        return Map.of("alias", alias, "name", one.name(), "chosen", alias.equals(clinic));
    }

    private Map<String, Object> person(StaffMember one) {
        boolean own = one.id().equals(signedIn.user().getId());
        Map<String, Object> person = new HashMap<>();
        person.put("own", own);
        person.put("href", calls.href(own ? SessionsPages.PATH : StaffPages.path(one.id()) + clinicQuery()));
        person.put("name", one.displayName());
        person.put("username", one.username());
        person.put("enabled", one.enabled());
        person.put("optedOut", one.visibility() == Visibility.OPTED_OUT);
        person.put("count", one.sessionCount());
        Instant active = one.lastActiveAt();
        if (active != null) {
            person.put("lastActive", times.ago(active));
        }
        return person;
    }

    private String clinicQuery() {
        return clinic == null ? "" : "?clinic=" + PageCalls.encoded(clinic);
    }

    private String href(String search, int first) {
        StringBuilder path = new StringBuilder(StaffPages.PATH).append(clinicQuery());
        append(path, "search", search);
        append(path, "first", first == 0 ? "" : String.valueOf(first));
        return calls.href(path.toString());
    }

    private static void append(StringBuilder path, String name, String value) {
        if (!value.isEmpty()) {
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(PageCalls.encoded(value));
        }
    }
}
