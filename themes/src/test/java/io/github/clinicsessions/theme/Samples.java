package io.github.clinicsessions.theme;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the Java side hands to the templates. */
final class Samples {

    /** Whatever a person, a browser or a proxy may put into a name, a label or an address. */
    static final String HOSTILE =
            "<img src=x onerror=alert(1)><script>alert(1)</script>\" onmouseover=\"alert(1) ' ${clinicSessions}"
                    + " ${msg(\"clinicSessions\")} #{7} {0} &amp; ⟦0⟧ \u202Etxt\u202C";

    static final String TODAY = "23 Nov 2026";

    private Samples() {}

    /** The frame's part, for somebody who is signed in. */
    static Map<String, Object> frame(String text) {
        Map<String, Object> model = anonymousFrame(text);
        model.put("user", Map.of("displayName", text, "username", text));
        model.put("stateChecker", text);
        model.put("activityTicket", text);
        model.put("idle", Map.of("script", "/realms/clinic/x.js", "keycloak", "/", "realm", text));
        model.put(
                "nav",
                List.of(
                        Map.of("label", "Personal info", "href", "/realms/clinic/account/", "current", false),
                        Map.of(
                                "label",
                                "Settings",
                                "current",
                                false,
                                "expanded",
                                true,
                                "children",
                                List.of(Map.of(
                                        "label",
                                        "Sessions",
                                        "href",
                                        "/realms/clinic/account/sessions",
                                        "current",
                                        true)))));
        return model;
    }

    /**
     * The settings of a clinic.
     *
     * @param typed in the field of the timeout
     * @param bad whether that is refused
     */
    static Map<String, Object> security(String text, String typed, boolean bad, boolean writable) {
        Map<String, Object> model = frame(text);
        model.put(
                "fields",
                Stream.of(
                                setting("idleTimeoutMinutes", typed, 30, bad, writable),
                                reason(text, bad, writable),
                                setting("maxHours", "12", 12, false, false),
                                setting("optOutAllowed", "true", true, false, writable),
                                most(100, setting("maxSessions", bad ? text : "", "", bad, writable)),
                                setting("limitBehavior", bad ? text : "", "deny", bad, writable),
                                most(60, setting("countries", bad ? text : "DE, AT", "DE, AT", bad, writable)),
                                setting("notifyOwner", "false", false, false, writable),
                                setting("accessTokenSeconds", "60", 60, false, false),
                                setting("endSessionsOnPasswordChange", "true", true, false, false),
                                setting("ledgerYears", "6", 6, false, false))
                        .collect(Collectors.toMap(setting -> (String) setting.get("name"), setting -> setting)));
        model.put("countryNames", List.of(text, "Austria"));
        model.put("takesReason", bad);
        model.put("roles", Map.of("writable", writable, "rows", roleRows(text, bad), "most", 50, "tooMany", bad));
        model.put(
                "ofAll",
                Map.of(
                        "minutes",
                        30,
                        "roles",
                        List.of(Map.of("role", text, "minutes", 5)),
                        "maxSessions",
                        3,
                        "limitBehavior",
                        "deny",
                        "countries",
                        "CH, LI"));
        model.put("clinicName", text);
        model.put("clinicAlias", text);
        model.put(
                "clinics",
                List.of(
                        Map.of("name", text, "href", "/realms/clinic/account/security?clinic=a", "current", true),
                        Map.of("name", "B", "href", "/realms/clinic/account/security?clinic=b", "current", false)));
        model.put("unsaved", !bad);
        model.put("canSave", writable);
        return model;
    }

    private static Map<String, Object> most(int most, Map<String, Object> setting) {
        Map<String, Object> bounded = new HashMap<>(setting);
        bounded.put("most", most);
        return bounded;
    }

    private static Map<String, Object> reason(String text, boolean bad, boolean writable) {
        Map<String, Object> reason = new HashMap<>(setting("idleTimeoutReason", text, text, bad, writable));
        reason.putAll(Map.of("longest", 250, "missing", bad));
        return reason;
    }

    /** One that is stored, and one for each thing that can be wrong. */
    private static List<Map<String, Object>> roleRows(String text, boolean bad) {
        List<String> problems = List.of("", "NO_ROLE", "UNKNOWN_ROLE", "ROLE_TWICE", "NO_MINUTES");
        return IntStream.range(0, problems.size())
                .mapToObj(number -> {
                    Map<String, Object> row = new HashMap<>();
                    row.put("number", number);
                    row.put(
                            "fields",
                            Map.of(
                                    "role", "role-" + number,
                                    "minutes", "roleMinutes-" + number,
                                    "remove", "roleRemove-" + number));
                    row.put("role", text);
                    row.put("minutes", "5");
                    row.put("remove", false);
                    row.put("fixed", number == 0);
                    if (bad && number > 0) {
                        row.put("problem", problems.get(number));
                    }
                    return row;
                })
                .toList();
    }

    private static Map<String, Object> setting(
            String name, String typed, Object inForce, boolean bad, boolean writable) {
        return Map.of(
                "name",
                name,
                "value",
                typed,
                "checked",
                typed.equals("true"),
                "inForce",
                inForce,
                "least",
                1,
                "most",
                240,
                "writable",
                writable,
                "bad",
                bad);
    }

    static Map<String, Object> anonymousFrame(String text) {
        String account = "/realms/clinic/account/";
        Map<String, Object> model = new HashMap<>();
        model.put("darkMode", true);
        model.put("resourceUrl", "/resources/v/account/clinic");
        model.put("resourceCommonUrl", "/resources/v/common/keycloak");
        model.put("realmName", text);
        model.put("attribution", Map.of("text", text, "url", "https://example.test/?a=1&b=2"));
        Map<String, Object> urls = new HashMap<>(Map.of(
                "account", account,
                "sessions", account + "sessions",
                "staff", account + "staff",
                "security", account + "security",
                "audit", account + "audit",
                "end", account + "sessions/end",
                "endOthers", account + "sessions/end-others",
                "endAll", account + "sessions/end-all",
                "visibility", account + "sessions/visibility",
                "signOut", account + "sessions/sign-out"));
        urls.put("report", account + "sessions/report");
        model.put("url", urls);
        return model;
    }

    static Map<String, Object> sessions(String text, boolean canEnd, List<Map<String, Object>> sessions) {
        Map<String, Object> model = frame(text);
        model.put("today", TODAY);
        model.put("privacy", privacy(text, true, true, List.of(clinic(text, true, true)), views(10, text)));
        model.put("knownDevices", knownDevices(0, text));
        model.put(
                "view",
                Map.of(
                        "canEnd",
                        canEnd,
                        "canReport",
                        canEnd,
                        "otherCount",
                        sessions.size() - 1,
                        "now",
                        "2026-11-23T14:00:00Z",
                        "sessions",
                        sessions));
        return model;
    }

    static Map<String, Object> knownDevices(int count, String text) {
        return Map.of("canChange", true, "longest", 60, "list", devices(count, text));
    }

    /** The last one's name was refused. */
    private static List<Map<String, Object>> devices(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(index -> {
                    Map<String, Object> device = new HashMap<>();
                    device.put("id", "device-" + index);
                    device.put("current", index == 0);
                    device.put("refused", index == count - 1);
                    device.put("typed", text);
                    if (index % 2 == 1) {
                        device.put("name", text);
                    }
                    if (index % 3 != 2) {
                        device.put("label", text);
                    }
                    device.put("firstSeen", moment("22 Nov 2026"));
                    device.put("lastSeen", with(moment("23 Nov 2026"), "unit", "days", "count", index));
                    device.put("countries", index == 1 ? List.of(text, text) : List.of());
                    return device;
                })
                .toList();
    }

    /** @param views null if they cannot be read */
    static Map<String, Object> privacy(
            String text,
            boolean chosen,
            boolean canChoose,
            List<Map<String, Object>> clinics,
            @Nullable List<Map<String, Object>> views) {
        Map<String, Object> privacy = new HashMap<>();
        privacy.put("realm", text);
        privacy.put("chosen", chosen);
        privacy.put("canChoose", canChoose);
        privacy.put("clinics", clinics);
        privacy.put("years", 6);
        if (views != null) {
            privacy.put("views", views);
        }
        return privacy;
    }

    static Map<String, Object> clinic(String name, boolean allowed, boolean hidden) {
        return Map.of("name", name, "allowed", allowed, "hidden", hidden);
    }

    /** As many as asked for, by owners, by administrators and by who knows whom. */
    static List<Map<String, Object>> views(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(index -> {
                    Map<String, Object> view = new HashMap<>();
                    view.put("role", List.of("OWNER", "ADMIN", "SYSTEM").get(index % 3));
                    view.put("at", moment(index == 0 ? TODAY : "22 Nov 2026"));
                    if (index % 3 != 2) {
                        view.put("name", text);
                    }
                    return view;
                })
                .toList();
    }

    /** @param text as what somebody searches for, and in every row */
    static Map<String, Object> audit(String text, List<Map<String, Object>> rows) {
        Map<String, Object> audit = new HashMap<>();
        audit.put("typed", Map.of("user", text, "cause", "SIGNED_OUT", "from", "2026-11-01", "to", ""));
        audit.put("errors", Map.of());
        audit.put("filtered", true);
        audit.put("hiddenPerson", false);
        audit.put("causes", List.of("SIGNED_OUT", "ENDED_BY_OWNER", "UNKNOWN"));
        audit.put("clinic", "north");
        audit.put(
                "clinics", List.of(Map.of("alias", "north", "name", text), Map.of("alias", "south", "name", "South")));
        audit.put("first", 50);
        audit.put("rows", rows);
        audit.put("newer", "/realms/clinic/account/audit?cause=SIGNED_OUT");
        audit.put("older", "/realms/clinic/account/audit?cause=SIGNED_OUT&first=100");
        audit.put("csv", "/realms/clinic/account/audit.csv?cause=SIGNED_OUT");
        audit.put("csvForExcel", "/realms/clinic/account/audit.csv?cause=SIGNED_OUT&bom=true");
        audit.put("now", "2026-11-23T14:00:00Z");
        Map<String, Object> model = frame(text);
        model.put("today", TODAY);
        model.put("audit", audit);
        return model;
    }

    /** As many rows as asked for, every kind among the first eight. */
    static List<Map<String, Object>> ledger(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(index -> ledgerRow(index % 8, text))
                .toList();
    }

    private static Map<String, Object> ledgerRow(int kind, String text) {
        Map<String, Object> row = new HashMap<>();
        row.put("at", moment("22 Nov 2026"));
        row.put("masked", kind == 4);
        row.put("further", kind == 5 ? List.of(Map.of("name", text, "value", text)) : List.of());
        row.put(
                "action",
                List.of(
                                "SESSION_ENDED",
                                "SESSION_STARTED",
                                "SETTING_CHANGED",
                                "SETTING_CHANGED",
                                "SESSION_ENDED",
                                "SESSIONS_VIEWED",
                                "VISIBILITY_CHANGED",
                                text)
                        .get(kind));
        if (kind == 0 || kind == 4) {
            row.put("cause", kind == 0 ? "ENDED_BY_OWNER" : text);
        }
        if (kind < 2) {
            row.putAll(Map.of("device", text, "ipAddress", text, "country", text, "sessionRef", "0".repeat(64)));
        }
        if (kind == 2) {
            row.putAll(Map.of("setting", text, "old", text, "new", text, "clinic", text, "reason", text));
        }
        if (kind == 3) {
            row.putAll(Map.of("setting", text, "client", text, "tried", text, "inForce", text));
        }
        if (kind == 5) {
            row.put("actorIpAddress", text);
        }
        if (kind == 6) {
            row.put("visibility", "private");
        }
        if (kind != 2 && kind != 3 && kind != 4) {
            row.put("person", text);
        }
        Map<String, Object> actor = new HashMap<>();
        actor.put("type", List.of("OWNER", "SELF", "ADMIN", "SYSTEM").get(kind % 4));
        if (kind == 0 || kind == 2) {
            actor.put("name", text);
        }
        row.put("actor", actor);
        return row;
    }

    /** What has happened to as many applications as asked for, every state among the first five. */
    static Map<String, Object> receipt(int count, String text) {
        List<String> states = List.of("ANSWERED", "WAITING", "FAILED", "NOT_TOLD", "BY_KEYCLOAK");
        Map<String, Object> receipt = new HashMap<>();
        receipt.put("id", "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d");
        receipt.put("open", false);
        receipt.put("waiting", count > 1);
        receipt.put("ended", with(moment(TODAY), "unit", "now", "count", 0));
        if (count > 0) {
            receipt.put("refusedByAll", moment(TODAY));
        }
        receipt.put(
                "applications",
                IntStream.range(0, count)
                        .mapToObj(index -> Map.of(
                                "name", text, "state", states.get(index % states.size()), "refuses", moment(TODAY)))
                        .toList());
        return receipt;
    }

    /** A page of the list with as many people as asked for, every kind among the first four. */
    static Map<String, Object> staff(String text, int count) {
        return staff(text, count, false);
    }

    static Map<String, Object> searchTooLong(String search) {
        return staff(search, 0, true);
    }

    private static Map<String, Object> staff(String text, int count, boolean tooLong) {
        Map<String, Object> list = new HashMap<>();
        list.put("now", "2026-11-23T14:00:00Z");
        list.put("search", text);
        list.put("longestSearch", 100);
        list.put("tooLong", tooLong);
        list.put("all", "/realms/clinic/account/staff");
        list.put("clinic", "");
        list.put(
                "clinics",
                List.of(
                        Map.of("alias", "north", "name", text, "chosen", true),
                        Map.of("alias", "south", "name", text, "chosen", false)));
        list.put("total", count * 3);
        list.put("from", count + 1);
        list.put("to", count * 2);
        list.put("previous", "/realms/clinic/account/staff");
        list.put("next", "/realms/clinic/account/staff?first=40");
        list.put(
                "people",
                IntStream.range(0, count).mapToObj(index -> member(index, text)).toList());
        Map<String, Object> model = frame(text);
        model.put("list", list);
        model.put("today", TODAY);
        return model;
    }

    private static Map<String, Object> member(int index, String text) {
        Map<String, Object> member = new HashMap<>();
        member.put("own", index == 0);
        member.put("href", "/realms/clinic/account/staff/" + index);
        member.put("name", text);
        member.put("username", text);
        member.put("enabled", index % 4 != 1);
        member.put("optedOut", index % 4 == 2);
        member.put("count", index);
        if (index % 4 != 2) {
            String unit = List.of("now", "minutes", "hours", "days").get(index % 4);
            member.put("lastActive", with(moment("23 Nov 2026"), "unit", unit, "count", index));
        }
        return member;
    }

    /** A person's page; of whoever has opted out there are no sessions to give. */
    static Map<String, Object> person(
            String text, boolean canEnd, boolean optedOut, int count, List<Map<String, Object>> sessions) {
        String page = "/realms/clinic/account/staff/id";
        Map<String, Object> person = new HashMap<>();
        person.put("name", text);
        person.put("username", text);
        person.put("enabled", count % 2 == 0);
        person.put("optedOut", optedOut);
        person.put("count", count);
        person.put("canEnd", canEnd);
        person.put("canOffboard", canEnd);
        person.put("list", "/realms/clinic/account/staff");
        person.put("page", page);
        person.put("end", page + "/end");
        person.put("endAll", page + "/end-all");
        person.put("offboard", page + "/offboard");
        Map<String, Object> model = frame(text);
        model.put("person", person);
        model.put("today", TODAY);
        model.put("view", Map.of("now", "2026-11-23T14:00:00Z", "sessions", sessions));
        return model;
    }

    /** Sessions as an owner sees them: none is the current one, and of some there are applications they may not know of. */
    static List<Map<String, Object>> overseen(int count, String text) {
        return list(count, text).stream()
                .map(session -> with(session, "current", false, "otherApplications", session.hashCode() & 3))
                .toList();
    }

    /** What is asked before a session is reported; of one that has ended nothing is shown. */
    static Map<String, Object> askReport(String text, boolean over) {
        Map<String, Object> model = frame(text);
        Map<String, Object> ask = new HashMap<>();
        ask.put("id", text);
        if (!over) {
            ask.put("session", list(2, text).get(1));
        }
        model.put("ask", ask);
        model.put("today", TODAY);
        return model;
    }

    /** What is asked before something ends: {@code end}, {@code end-all} or {@code offboard}. */
    static Map<String, Object> ask(String what, String text, boolean disables) {
        Map<String, Object> ask = new HashMap<>();
        ask.put("what", what);
        ask.put("action", "/realms/clinic/account/staff/id/" + what);
        if (what.equals("end")) {
            ask.put("label", text);
            ask.put("session", text);
        }
        if (what.equals("offboard")) {
            ask.put("disables", disables);
            ask.put("clinics", List.of(text, text));
        }
        Map<String, Object> model = person(text, true, false, 3, List.of());
        model.put("ask", ask);
        return model;
    }

    /** As many as asked for, every kind among the first six. */
    static List<Map<String, Object>> list(int count, String text) {
        return IntStream.range(0, count).mapToObj(index -> session(index, text)).toList();
    }

    private static Map<String, Object> session(int index, String text) {
        int kind = index % 6;
        Map<String, Object> session = new HashMap<>();
        session.put("id", "id-" + index);
        session.put(
                "deviceType",
                List.of("desktop", "mobile", "tablet", "app", "unknown", text).get(kind));
        session.put("current", index == 0);
        session.put("offlineOnly", kind == 3 || kind == 4);
        session.put("offlineAccess", kind == 2);
        session.put("localNetwork", kind == 5);
        session.put("newDevice", kind == 1 || kind == 3);
        session.put("unfamiliarCountry", kind == 2 || kind == 3);
        if (kind == 2) {
            session.put("name", text);
        }
        session.put("impersonated", kind == 1 || kind == 5);
        session.put("applications", kind == 4 ? List.of() : List.of(text, text));
        String unit = List.of("now", "minutes", "hours", "days").get(index % 4);
        session.put("lastActive", with(moment("23 Nov 2026"), "unit", unit, "count", index));
        session.put("started", moment("22 Nov 2026"));
        if (kind != 4) {
            session.put("label", text);
            session.put("ipAddress", text);
            if (kind != 5) {
                session.put("country", text);
            }
            session.put("idleExpires", moment(TODAY));
            session.put(
                    "timeout",
                    timeout(
                            List.of("NAMED_CLINIC", "ROLE", "OTHER_CLINIC", "CLINIC", "REALM", "BOUND")
                                    .get(kind),
                            text,
                            "minutes",
                            15));
        }
        if (kind == 1) {
            session.put("impersonator", text);
        }
        if (kind != 3) {
            session.put("expires", moment("24 Nov 2026"));
        }
        return session;
    }

    static Map<String, Object> timeout(String kind, String name, String unit, int count) {
        Map<String, Object> timeout = new HashMap<>(Map.of("kind", kind, "unit", unit, "count", count));
        if (kind.equals("NAMED_CLINIC") || kind.equals("ROLE")) {
            timeout.put("name", name);
        }
        return timeout;
    }

    private static Map<String, Object> moment(String date) {
        return Map.of("iso", "2026-11-23T14:32:00Z", "clock", "14:32", "date", date, "exact", date + ", 14:32 UTC");
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value, String key2, Object v2) {
        Map<String, Object> result = new HashMap<>(map);
        result.put(key, value);
        result.put(key2, v2);
        return result;
    }
}
