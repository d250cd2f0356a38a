package io.github.clinicsessions.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9-]*+)((?:[^>\"]++|\"[^\"]*+\")*+)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z][a-z0-9-]*)=\"([^\"]*)\"");
    private static final Set<String> VOID = Set.of("meta", "link", "img", "input", "br");
    private static final String RESOURCES = "/resources/v/account/clinic/";
    private static final String COMMON = "/resources/v/common/keycloak/";

    /** Every page in every language, with harmless and with hostile texts. */
    static Stream<Arguments> pages() {
        return Stream.of("en", "de", "ar")
                .flatMap(language -> Stream.of("Chrome on macOS", Samples.HOSTILE)
                        .flatMap(text -> Stream.of(
                                        "sessions",
                                        "confirm",
                                        "report",
                                        "error",
                                        "security",
                                        "audit",
                                        "staff",
                                        "staff-person",
                                        "staff-end",
                                        "staff-offboard")
                                .map(page -> Arguments.of(language, page, text))));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bringsNoScriptAndNoStyleOfItsOwn(String language, String page, String text) {
        assertThat(tags(render(language, page, text))).isNotEmpty().allSatisfy(tag -> {
            assertThat(tag.group(2)).isNotIn("style", "iframe", "object", "base");
            assertThat(attributes(tag).keySet()).noneMatch(name -> name.startsWith("on") || name.equals("style"));
            assertThat(attributes(tag).values()).noneMatch(value -> value.startsWith("javascript:"));
            if (tag.group(2).equals("script") && tag.group(1).isEmpty()) {
                assertThat(attributes(tag)).containsKey("src");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isBalancedAndHasEveryIdOnce(String language, String page, String text) {
        Deque<String> open = new ArrayDeque<>();
        List<String> ids = new ArrayList<>();
        List<String> references = new ArrayList<>();
        for (MatchResult tag : tags(render(language, page, text))) {
            Map<String, String> attributes = attributes(tag);
            if (attributes.containsKey("id")) {
                ids.add(attributes.get("id"));
            }
            Stream.of("aria-labelledby", "aria-describedby", "popovertarget", "for")
                    .filter(attributes::containsKey)
                    .forEach(name -> references.addAll(
                            List.of(attributes.getOrDefault(name, "").split(" "))));
            if (!tag.group(1).isEmpty()) {
                assertThat(open.poll()).as(tag.group()).isEqualTo(tag.group(2));
            } else if (!VOID.contains(tag.group(2)) && !tag.group(3).endsWith("/")) {
                open.push(tag.group(2));
            }
        }
        assertThat(open).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().containsAll(references);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refersToResourcesThatExist(String language, String page, String text) {
        assertThat(tags(render(language, page, text)))
                .flatExtracting(tag -> attributes(tag).entrySet().stream()
                        .filter(attribute -> Set.of("src", "href").contains(attribute.getKey()))
                        .map(Map.Entry::getValue)
                        .filter(url -> url.startsWith("/resources/"))
                        .toList())
                .hasSizeGreaterThan(3)
                .allSatisfy(url -> {
                    if (url.startsWith(COMMON)) {
                        assertThat(url).isEqualTo(COMMON + "vendor/patternfly-v5/patternfly.min.css");
                    } else {
                        assertThat(url).startsWith(RESOURCES);
                        String path = "resources/" + url.substring(RESOURCES.length());
                        assertThat(Files.exists(ThemeFiles.ACCOUNT.resolve(path)) || ThemeFiles.isStock(path))
                                .as(path)
                                .isTrue();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void sendsEveryFormThatChangesSomethingWithPostAndTheStateChecker(String language, String page, String text) {
        String html = render(language, page, text);
        assertThat(Pattern.compile("<form.*?</form>", Pattern.DOTALL)
                        .matcher(html)
                        .results())
                .filteredOn(form -> !form.group().contains(" role=\"search\""))
                .allSatisfy(form -> assertThat(form.group())
                        .contains(" method=\"post\"")
                        .containsOnlyOnce("name=\"stateChecker\"")
                        .contains("<button"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leavesNoKeyAndNoPlaceholderVisible(String language, String page, String text) {
        if (!text.equals(Samples.HOSTILE)) {
            String visible = TAG.matcher(render(language, page, text)).replaceAll(" ");
            assertThat(visible).doesNotContain("⟦", "⟧", "{", "}").doesNotContainPattern("clinic[A-Z]");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsHostileTextAsItIs(String language, String page, String text) {
        String html = render(language, page, text);
        assertThat(html).doesNotContain("<img src=x", "<script>", "onmouseover=\"");
        if (text.equals(Samples.HOSTILE)) {
            assertThat(html)
                    .as("escaped once, references to messages left alone")
                    .contains(
                            "&lt;script&gt;alert(1)&lt;/script&gt;",
                            "${clinicSessions} ${msg(&quot;clinicSessions&quot;)} #{7} {0} &amp;amp; ⟦0⟧")
                    .doesNotContainPattern("[^{]msg\\(&quot;");
        }
    }

    @Test
    void isolatesHostileTextFromTheDirectionOfThePage() {
        String html = render("ar", "sessions", Samples.HOSTILE);
        // Of all places where it stands as text, only the page's title (which has no markup) is outside <bdi>.
        String outside = html.replaceAll("(?s)<bdi[^>]*>.*?</bdi>", "").replaceAll("(?s)<title>.*?</title>", "");
        assertThat(TAG.matcher(outside).replaceAll(" ")).doesNotContain("alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staff", "staff-person", "staff-end", "staff-offboard"})
    void isolatesNamesFromTheDirectionOfThePage(String page) {
        String html = render("ar", page, Samples.HOSTILE);
        // An option and the page's title have no markup inside.
        String outside =
                html.replaceAll("(?s)<bdi[^>]*>.*?</bdi>", "").replaceAll("(?s)<(title|option)[ >].*?</\\1>", "");
        assertThat(TAG.matcher(outside).replaceAll(" ")).doesNotContain("alert");
    }

    @Test
    void listsStaff() {
        String html = new Renderer("en").render("staff.ftl", Samples.staff("x", 200));
        assertThat(tags(html))
                .filteredOn(tag -> tag.group().startsWith("<li class=\"clinic-person"))
                .hasSize(200);
        assertThat(text(html))
                .contains("201–400 of 600 Previous Next")
                .contains("x You x Not signed in Active now")
                .contains("x Disabled x 1 session")
                .contains("x 2 sessions Has chosen not to be seen");
        assertThat(html).containsOnlyOnce(">You<").contains(" selected>");
    }

    @Test
    void saysThatThereIsNobody() {
        Map<String, Object> model = Samples.staff("", 0);
        assertThat(text(new Renderer("en").render("staff.ftl", model)))
                .contains("There is no staff yet.")
                .doesNotContain("Show all", "Previous");
        assertThat(text(new Renderer("en").render("staff.ftl", Samples.staff("x", 0))))
                .contains("Nobody was found. Show all")
                .doesNotContain("There is no staff yet.", "Previous");
    }

    @Test
    void saysAtTheFieldThatTheSearchIsTooLong() {
        String html = new Renderer("en").render("staff.ftl", Samples.searchTooLong("y".repeat(101)));
        assertThat(html).contains("aria-invalid=\"true\" aria-describedby=\"clinic-search-error\"");
        assertThat(text(html))
                .contains("Please use no more than 100 characters.")
                .doesNotContain("Nobody was found.");
    }

    @Test
    void showsAPersonsSessions() {
        String html = new Renderer("en")
                .render("staff-person.ftl", Samples.person("Nora", true, false, 200, Samples.overseen(200, "x")));
        assertThat(tags(html))
                .filteredOn(tag -> tag.group().startsWith("<li class=\"clinic-session"))
                .hasSize(200);
        assertThat(text(html))
                .contains("Nora can see that you have looked.", "Sign out everywhere…", "Offboard…")
                .doesNotContain("This device");
        assertThat(html).contains("action=\"/realms/clinic/account/staff/id/end\"");
    }

    @Test
    void saysHowManyApplicationsThereAreBesides() {
        Map<String, Object> known = new HashMap<>(Samples.list(1, "Radiology").get(0));
        known.put("otherApplications", 2);
        Map<String, Object> unknown = new HashMap<>(known);
        unknown.put("applications", List.of());
        String html = text(new Renderer("en")
                .render("staff-person.ftl", Samples.person("x", true, false, 2, List.of(known, unknown))));
        assertThat(html).contains("Radiology and 2 other applications").contains("Radiology 2 applications");
    }

    @Test
    void showsACountOnlyOfWhoeverHasOptedOut() {
        String html = new Renderer("en").render("staff-person.ftl", Samples.person("Priya", true, true, 2, List.of()));
        assertThat(text(html))
                .contains("Priya has chosen not to be seen.", "2 sessions", "Sign out everywhere…", "Offboard…")
                .doesNotContain("can see that you have looked");
        assertThat(html).doesNotContain("staff/id/end\"", "<time");
    }

    @Test
    void offersNothingToWhomMayOnlyLook() {
        String html = new Renderer("en")
                .render("staff-person.ftl", Samples.person("x", false, false, 2, Samples.overseen(2, "x")));
        assertThat(html).doesNotContain("staff/id/").contains("can see that you have looked");
    }

    @Test
    void saysWhatOffboardingDoes() {
        assertThat(text(new Renderer("en").render("staff-confirm.ftl", Samples.ask("offboard", "Nora", true))))
                .contains("All 3 sessions end.", "only an administrator can enable it again")
                .doesNotContain("keeps access elsewhere");
        assertThat(text(new Renderer("en").render("staff-confirm.ftl", Samples.ask("offboard", "Nora", false))))
                .contains("Nora leaves Nora, Nora and keeps access elsewhere.")
                .doesNotContain("administrator");
        assertThat(text(new Renderer("en").render("staff-confirm.ftl", Samples.ask("end-all", "Nora", false))))
                .contains("Sign out everywhere?", "All 3 sessions end.");
    }

    @Test
    void showsNothingToEndWhereThatIsNotAllowed() {
        String html = new Renderer("en").render("sessions.ftl", Samples.sessions("x", false, Samples.list(3, "x")));
        assertThat(html)
                .contains("You can see your sessions but not end them")
                .doesNotContain("sessions/end", "Sign out everywhere", "Sign out other sessions");
    }

    @Test
    void saysAtTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
        String html = new Renderer("en").render("security.ftl", Samples.security("North", "241", true, true));
        assertThat(html)
                .contains("value=\"241\"", "aria-invalid=\"true\"", "Please enter a whole number from 1 to 240.")
                .doesNotContain("not saved yet");
    }

    @Test
    void saysAtEachRowOfRolesWhatIsWrongWithIt() {
        String html = new Renderer("en").render("security.ftl", Samples.security("x", "90", true, true));
        assertThat(text(html))
                .contains(
                        "Above 60 minutes a reason is required. Nothing was saved. NIST SP 800-63B-4 wants one hour at most",
                        "Please enter a role.",
                        "There is no role of this name.",
                        "This role is in the list twice.");
        assertThat(html)
                .contains(
                        "aria-required=\"true\"",
                        "aria-describedby=\"clinic-reason-problem clinic-reason-hint\" aria-invalid=\"true\"",
                        "aria-labelledby=\"clinic-role-2 clinic-role-head\" aria-invalid=\"true\""
                                + " aria-describedby=\"clinic-role-2-problem\"",
                        "aria-labelledby=\"clinic-role-4 clinic-role-minutes-head\" aria-invalid=\"true\"");
    }

    @Test
    void saysWhatHoldsInAllClinicsAndOffersTheWayBackToIt() {
        String html = new Renderer("en").render("security.ftl", Samples.security("x", "", false, true));
        assertThat(text(html))
                .contains("In all clinics it is 30 minutes. Leave the field empty to go by that.")
                .contains("Shorter times for roles, in all clinics x: 5 minutes")
                .contains("A session lasts at the longest 12 hours");
        assertThat(html).contains("step=\"1\" placeholder=\"30\" value=").doesNotContain("step=\"1\" required");
    }

    @Test
    void asksTheOnlyClinicForItsOwnTimeout() {
        Map<String, Object> model = Samples.security("x", "30", false, true);
        model.remove("ofAll");
        String html = new Renderer("en").render("security.ftl", model);
        assertThat(html).contains("step=\"1\" required").doesNotContain("all clinics", "placeholder");
    }

    @Test
    void saysWhatEachWayOfLimitingSessionsMeansToWhoeverHasStolenAPassword() {
        String html = new Renderer("en").render("security.ftl", Samples.security("x", "30", false, true));
        assertThat(text(html))
                .contains("In all clinics a person may have 3 sessions. Leave the field empty to go by that.")
                .contains("an app that keeps somebody signed in takes a place. 1 to 100.")
                .contains("As in all clinics At the moment: Signing in is refused.")
                .contains("Whoever has stolen a password takes the place of the person.");
        assertThat(html)
                .contains("name=\"limitBehavior\" value=\"\" checked", "step=\"1\" placeholder=\"3\"")
                .doesNotContain("clinic-limit-problem", "name=\"limitBehavior\" value=\"deny\" checked");

        Map<String, Object> only = Samples.security("x", "30", true, true);
        only.remove("ofAll");
        String ofOnlyOne = new Renderer("en").render("security.ftl", only);
        assertThat(text(ofOnlyOne))
                .contains("Leave the field empty for no limit.")
                .contains("Please enter a whole number from 1 to 100, or leave the field empty. Nothing was saved.")
                .contains("Please choose one of these. Nothing was saved.")
                .doesNotContain("As in all clinics");
    }

    @Test
    void saysFromWhereAndWhoseDataThatIs() {
        List<Map<String, Object>> rows = Samples.list(6, "Germany");
        Map<String, Object> model = Samples.sessions("x", true, rows);
        model.put("attribution", Map.of("text", "IP Geolocation by DB-IP", "url", "https://db-ip.com"));
        String html = new Renderer("en").render("sessions.ftl", model);
        assertThat(text(html)).contains("Country: Germany", "local network");
        assertThat(html)
                .contains("<a href=\"https://db-ip.com\" rel=\"noreferrer\"><bdi>IP Geolocation by DB-IP</bdi></a>");

        rows.forEach(row -> row.remove("country"));
        rows.forEach(row -> row.put("localNetwork", false));
        model.remove("attribution");
        String nowhere = new Renderer("en").render("sessions.ftl", model);
        assertThat(text(nowhere)).doesNotContain("Country:", "local network");
        assertThat(nowhere).doesNotContain("clinic-credit");
    }

    @Test
    void saysWhichCountriesAreMeantAndWhichHoldInAllClinics() {
        String html = new Renderer("en").render("security.ftl", Samples.security("Germany", "30", false, true));
        assertThat(text(html))
                .contains("In force: Germany, Austria")
                .contains("Leave the field empty to go by the countries of all clinics.");
        assertThat(html)
                .contains("placeholder=\"CH, LI\"", "value=\"DE, AT\"")
                .doesNotContain("clinic-countries-problem");

        String bad = new Renderer("en").render("security.ftl", Samples.security("Germany", "30", true, true));
        assertThat(text(bad)).contains("Please enter codes of countries with two letters, such as DE, AT; 60 at most.");
    }

    @Test
    void saysThatTypedSettingsAreNotSavedYet() {
        String html = new Renderer("en").render("security.ftl", Samples.security("North", "15", false, true));
        assertThat(html).contains("not saved yet", "value=\"15\"").doesNotContain("aria-invalid");
    }

    @Test
    void offersNothingToSaveToWhoeverMayNot() {
        String html = new Renderer("en").render("security.ftl", Samples.security("North", "30", false, false));
        assertThat(html)
                .contains("Your account is not allowed to change this.", "readonly")
                .doesNotContain(">Save<");
    }

    @Test
    void offersNoOtherSessionsWhereThereAreNone() {
        String html = new Renderer("en").render("sessions.ftl", Samples.sessions("x", true, Samples.list(1, "x")));
        assertThat(html)
                .contains("You are not signed in anywhere else.", "sessions/end-all")
                .doesNotContain("sessions/end-others");
    }

    @Test
    void marksTheCurrentSessionAndNoOther() {
        String html = new Renderer("en").render("sessions.ftl", Samples.sessions("x", true, Samples.list(200, "x")));
        assertThat(html).containsOnlyOnce("aria-current=\"true\"").containsOnlyOnce("This device");
        assertThat(tags(html))
                .filteredOn(tag -> tag.group().startsWith("<li class=\"clinic-session"))
                .hasSize(200);
    }

    @ParameterizedTest
    @CsvSource({
        "en, CLINIC, 'if unused – clinic rule, 15 minutes'",
        "en, NAMED_CLINIC, 'if unused – rule of x, 15 minutes'",
        "en, OTHER_CLINIC, 'if unused – rule of another clinic, 15 minutes'",
        "en, ROLE, 'if unused – rule for the role x, 15 minutes'",
        "en, REALM, 'if unused – general rule, 15 minutes'",
        "en, BOUND, 'if unused – longest time allowed, 15 minutes'",
        "de, ROLE, 'bei Nichtbenutzung – Regel für die Rolle x, 15 Minuten'",
        "ar, CLINIC, 'عند عدم الاستخدام – قاعدة العيادة، ١٥ دقيقة'"
    })
    void saysWhyASessionEnds(String language, String kind, String text) {
        Map<String, Object> session = new HashMap<>(Samples.list(1, "x").get(0));
        session.put("timeout", Samples.timeout(kind, "x", "minutes", 15));

        assertThat(lifetime(language, session)).contains(text).contains("14:32 UTC (23 Nov 2026, 14:32 UTC)");
    }

    @Test
    void saysInSecondsWhatIsNoWholeMinute() {
        Map<String, Object> session = new HashMap<>(Samples.list(1, "x").get(0));
        session.put("timeout", Samples.timeout("REALM", "x", "seconds", 90));

        assertThat(lifetime("en", session)).contains("general rule, 90 seconds");
    }

    @Test
    void blamesNoRuleWhereTheLongestLifeComesFirst() {
        Map<String, Object> session = new HashMap<>(Samples.list(1, "x").get(0));
        session.remove("idleExpires");
        session.remove("timeout");

        assertThat(lifetime("en", session))
                .contains("at the latest, even if used")
                .doesNotContain("unused", "rule");
    }

    private static String lifetime(String language, Map<String, Object> session) {
        return text(new Renderer(language).render("sessions.ftl", Samples.sessions("x", true, List.of(session))));
    }

    @Test
    void hasNeitherNavigationNorMenuForNobody() {
        Map<String, Object> model = Samples.anonymousFrame("x");
        model.putAll(
                Map.of("status", 404, "titleKey", "clinicErrorNotFoundTitle", "textKey", "clinicErrorNotFoundText"));
        assertThat(new Renderer("en").render("error.ftl", model)).doesNotContain("<nav", "<form", "popover");
    }

    @Test
    void staysLightWhereTheRealmHasNoDarkMode() {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        assertThat(new Renderer("en").render("sessions.ftl", model))
                .contains("content=\"light dark\"", "data-dark-class");
        model.put("darkMode", false);
        assertThat(new Renderer("en").render("sessions.ftl", model))
                .contains("content=\"light\"")
                .doesNotContain("data-dark-class");
    }

    @ParameterizedTest
    @MethodSource("notices")
    void saysWhatHasHappened(Map<String, Object> notice, String text) {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        model.put("notice", notice);
        assertThat(TAG.matcher(new Renderer("en").render("sessions.ftl", model)).replaceAll(""))
                .contains(text);
    }

    static Stream<Arguments> notices() {
        return Stream.of(
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeEnded", "label", "Firefox on Windows"),
                        "Firefox on Windows is signed out."),
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeOthersEnded", "count", 0),
                        "There was no other session to sign out."),
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeOthersEnded", "count", 1),
                        "One other session is signed out."),
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeOthersEnded", "count", 12),
                        "12 other sessions are signed out."),
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeAllEnded", "label", "Nora {0}", "count", 3),
                        "Nora {0} is signed out everywhere: 3 sessions have ended."),
                Arguments.of(
                        Map.of("type", "success", "key", "clinicNoticeOffboarded", "label", "Nora", "count", 0),
                        "Nora is offboarded: the account is disabled, and there was no session to end."),
                Arguments.of(
                        Map.of("type", "warning", "key", "clinicNoticeReportedPassword", "count", 2),
                        "Reported, and 2 sessions ended. A new password is asked for at the next sign-in."),
                Arguments.of(
                        Map.of(
                                "type",
                                "warning",
                                "key",
                                "clinicNoticeReportedElsewhere",
                                "label",
                                "AD {0}",
                                "count",
                                1),
                        "Reported, and one session ended. Your password is not kept here. Change it now at: AD {0}"),
                Arguments.of(
                        Map.of("type", "info", "key", "clinicNoticeAlreadyEnded"), "That session had already ended."));
    }

    @Test
    void offersToReportEverySessionButTheCurrentOne() {
        String html = new Renderer("en").render("sessions.ftl", Samples.sessions("x", true, Samples.list(3, "x")));
        assertThat(tags(html))
                .filteredOn(tag -> attributes(tag).getOrDefault("id", "").startsWith("clinic-report-"))
                .hasSize(2)
                .allSatisfy(tag -> assertThat(attributes(tag).get("href")).contains("/sessions/report?session="));
    }

    @Test
    void leadsToTheChoiceOfANewPassword() {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        model.put("notice", Map.of("type", "warning", "key", "clinicNoticeReportedPassword", "count", 1));
        model.put("passwordUrl", "/auth?kc_action=UPDATE_PASSWORD&x=1");
        assertThat(new Renderer("en").render("sessions.ftl", model))
                .contains("href=\"/auth?kc_action=UPDATE_PASSWORD&amp;x=1\"");
    }

    @Test
    void asksBeforeItReportsASessionThatHasEnded() {
        assertThat(text(new Renderer("en").render("report.ftl", Samples.askReport("x", true))))
                .contains("The session has ended already.", "Sign me out everywhere else too");
    }

    @Test
    void saysWhatTheApplicationsHaveBeenTold() {
        Map<String, Object> model = withReceipt(Samples.receipt(24, "A program with a name that is rather long"));

        String html = new Renderer("en").render("sessions.ftl", model);

        assertThat(html).contains("<details class=\"clinic-receipt\">", "sessions?receipt=2c5ea4c0-");
        assertThat(html.split("A program with a name", -1)).hasSize(25);
        assertThat(TAG.matcher(html).replaceAll("").replaceAll("\\s+", " "))
                .contains(
                        "What happened Ended at 14:32 UTC (just now)",
                        "refuse them from 14:32 UTC on at the latest.",
                        "Told, has confirmed",
                        "Being told",
                        "Could not be told",
                        "Cannot be told",
                        "refuses from 14:32 UTC on at the latest");
    }

    @Test
    void saysThatNoApplicationWasToBeTold() {
        String html = new Renderer("en").render("sessions.ftl", withReceipt(Samples.receipt(0, "x")));

        assertThat(html)
                .contains("What happened", "No application used it.")
                .doesNotContain("clinic-receipt__applications", "refuse them", "Look again");
    }

    @Test
    void saysNothingOfWhatHappenedWhereNothingIsKnown() {
        Map<String, Object> model = withReceipt(Map.of());
        model.remove("receipt");

        assertThat(new Renderer("en").render("sessions.ftl", model)).doesNotContain("clinic-receipt");
    }

    @ParameterizedTest
    @MethodSource("standings")
    void saysWhoCanSee(boolean chosen, boolean canChoose, List<Map<String, Object>> clinics, String text) {
        assertThat(privacy(Samples.privacy("Realm", chosen, canChoose, clinics, List.of())))
                .contains(text);
    }

    static Stream<Arguments> standings() {
        Map<String, Object> open = Samples.clinic("North", true, false);
        Map<String, Object> hidden = Samples.clinic("North", true, true);
        Map<String, Object> strict = Samples.clinic("South", false, false);
        return Stream.of(
                Arguments.of(
                        false,
                        true,
                        List.of(open),
                        "The owner of North can see your devices, addresses and times. Administrators of Realm can still see"
                                + " your sessions, in Keycloak’s own console. If you hide them, the owner still sees how many"
                                + " sessions you have, and can end them all. Hide from the owner"),
                Arguments.of(
                        true,
                        true,
                        List.of(hidden),
                        "The owner of North cannot see your devices, addresses and times. You have chosen that. The owner"
                                + " still sees that you have chosen this and how many sessions you have, and can end them"
                                + " all. Administrators of Realm can still see your sessions, in Keycloak’s own console."
                                + " Let the owner see Who has looked"),
                Arguments.of(
                        true,
                        false,
                        List.of(strict),
                        "The owner of South can see your devices, addresses and times. You have chosen to hide them, but"
                                + " that clinic does not allow it: your choice has no effect there. Administrators of Realm"
                                + " can still see your sessions, in Keycloak’s own console. Who has looked"),
                Arguments.of(
                        false,
                        false,
                        List.of(strict),
                        "The owner of South can see your devices, addresses and times. That clinic does not allow hiding"
                                + " them. Administrators of Realm"),
                Arguments.of(
                        true,
                        true,
                        List.of(hidden, strict),
                        "The owner of North cannot see your devices, addresses and times. You have chosen that. The owner"
                                + " of South can see your devices, addresses and times. You have chosen to hide them, but"
                                + " that clinic does not allow it: your choice has no effect there. The owner still sees"),
                Arguments.of(
                        false,
                        true,
                        List.of(open, strict),
                        "Your choice holds towards each clinic that allows it. Hide from the owners"),
                Arguments.of(
                        false,
                        false,
                        List.of(),
                        "Who can see your sessions Administrators of Realm can still see your sessions, in Keycloak’s own"
                                + " console. Who has looked"));
    }

    @Test
    void offersNoChoiceToWhomIsNotThePerson() {
        List<Map<String, Object>> clinics = List.of(Samples.clinic("North", true, false));
        assertThat(privacy(Samples.privacy("Realm", false, false, clinics, List.of())))
                .contains("The owner of North can see")
                .doesNotContain("Hide", "If you hide");
    }

    @Test
    void showsTheNewestLooksAndFoldsTheOthers() {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        model.put("privacy", Samples.privacy("x", false, false, List.of(), Samples.views(10, "olivia")));

        String html = new Renderer("en").render("sessions.ftl", model);

        assertThat(html.substring(0, html.indexOf("<details class=\"clinic-more\">"))
                        .split("Looked at by", -1))
                .hasSize(4);
        assertThat(html.split("Looked at by", -1)).hasSize(11);
        assertThat(text(html))
                .contains(
                        "Looked at by olivia (owner): 14:32 UTC",
                        "Looked at by olivia (administrator): 22 Nov 2026, 14:32 UTC",
                        "Looked at by name unknown: 22 Nov 2026, 14:32 UTC",
                        "7 more",
                        "kept for 6 years");
    }

    @Test
    void foldsNothingAwayWhereThereAreFewLooksOrNone() {
        assertThat(privacy(Samples.privacy("x", false, false, List.of(), Samples.views(3, "olivia"))))
                .contains("Looked at by")
                .doesNotContain("more");
        assertThat(privacy(Samples.privacy("x", false, false, List.of(), List.of())))
                .contains("Nobody has looked at your sessions here.");
        assertThat(privacy(Samples.privacy("x", false, false, List.of(), null)))
                .contains("cannot be read at the moment")
                .doesNotContain("Nobody");
    }

    @Test
    void listsTheLedgerInWords() {
        String html = new Renderer("en").render("audit.ftl", Samples.audit("nurse", Samples.ledger(200, "nurse")));

        assertThat(tags(html))
                .filteredOn(tag -> tag.group().startsWith("<tr class"))
                .hasSize(201);
        assertThat(html)
                .contains(
                        "data-action=\"SESSION_ENDED\" data-cause=\"ENDED_BY_OWNER\" title=\"SESSION_ENDED ENDED_BY_OWNER\"",
                        "<option value=\"SIGNED_OUT\" selected>Signed out</option>",
                        "value=\"2026-11-01\"",
                        "rel=\"next\" href=\"/realms/clinic/account/audit?cause=SIGNED_OUT&amp;first=100\"",
                        "audit.csv?cause=SIGNED_OUT&amp;bom=true");
        assertThat(text(html))
                .contains(
                        "22 Nov 2026, 14:32 UTC Session ended Ended by the owner nurse nurse nurse nurse nurse (owner) Show",
                        "Setting changed nurse from nurse to nurse Reason: nurse nurse (administrator)",
                        "Setting changed nurse of nurse set to nurse, brought back to nurse automatically",
                        "Session ended nurse opted out an owner",
                        "Visibility chosen hidden from the owner nurse an administrator",
                        "Entries 51 to 250");
    }

    @Test
    void namesOurSettingsInWords() {
        Map<String, Object> reason = new HashMap<>(Samples.ledger(3, "x").get(2));
        reason.putAll(Map.of("setting", "idleTimeoutReason", "old", "-", "new", "Night shift, one nurse"));
        reason.remove("reason");
        Map<String, Object> flag = new HashMap<>(reason);
        flag.putAll(Map.of("setting", "optOutAllowed", "old", "true", "new", "false"));
        Map<String, Object> keycloaks = new HashMap<>(reason);
        keycloaks.putAll(Map.of("setting", "ssoSessionIdleTimeout", "old", "1800", "new", "900"));
        Map<String, Object> role = new HashMap<>(reason);
        role.putAll(
                Map.of("setting", "roleIdleTimeoutMinutes.front-desk", "role", "front-desk", "old", "-", "new", "5"));
        String html =
                new Renderer("de").render("audit.ftl", Samples.audit("x", List.of(reason, flag, keycloaks, role)));

        assertThat(text(html))
                .contains(
                        "Grund für mehr als 60 Minuten von nichts auf Night shift, one nurse",
                        "Mitarbeitende dürfen Sitzungen verbergen von Ja auf Nein",
                        "ssoSessionIdleTimeout von 1800 auf 900",
                        "Abmeldung für die Rolle front-desk nach (Minuten) von nichts auf 5");
        assertThat(html).contains("title=\"idleTimeoutReason\"");
    }

    @ParameterizedTest
    @MethodSource("emptyAudits")
    void saysWhyNothingIsListed(Map<String, Object> part, String text) {
        Map<String, Object> model = Samples.audit("nurse", List.of());
        Map<String, Object> audit = new HashMap<>(
                Map.of("errors", Map.of(), "filtered", false, "hiddenPerson", false, "first", 0, "rows", List.of()));
        audit.putAll(Map.of("typed", Map.of("user", "", "cause", "", "from", "", "to", "")));
        audit.putAll(Map.of("causes", List.of(), "clinics", List.of(), "clinic", ""));
        audit.putAll(part);
        model.put("audit", audit);

        assertThat(text(new Renderer("en").render("audit.ftl", model)))
                .contains(text)
                .doesNotContain("Download", "Entries", "All my clinics");
    }

    static Stream<Arguments> emptyAudits() {
        return Stream.of(
                Arguments.of(Map.of(), "Nothing has happened yet."),
                Arguments.of(Map.of("filtered", true), "There is nothing that fits."),
                Arguments.of(Map.of("first", 50), "There is nothing that fits."),
                Arguments.of(Map.of("filtered", true, "hiddenPerson", true), "This person is hidden from you"),
                Arguments.of(
                        Map.of("filtered", true, "errors", Map.of("user", "unknown")),
                        "There is no such person among your staff."),
                Arguments.of(
                        Map.of("filtered", true, "errors", Map.of("from", "date", "to", "order", "cause", "unknown")),
                        "Please correct the filter."));
    }

    private static String privacy(Map<String, Object> privacy) {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        model.put("privacy", privacy);
        return text(new Renderer("en").render("sessions.ftl", model));
    }

    private static String text(String html) {
        return TAG.matcher(html)
                .replaceAll(" ")
                .replaceAll("\\s+", " ")
                .replaceAll(" (?=[.,:)])", "")
                .replace("( ", "(");
    }

    private static Map<String, Object> withReceipt(Map<String, Object> receipt) {
        Map<String, Object> model = Samples.sessions("x", true, Samples.list(1, "x"));
        model.put("notice", Map.of("type", "success", "key", "clinicNoticeEnded", "label", "x"));
        model.put("receipt", receipt);
        return model;
    }

    private static String render(String language, String page, String text) {
        Renderer renderer = new Renderer(language);
        return switch (page) {
            case "staff" -> renderer.render("staff.ftl", Samples.staff(text, 4));
            case "staff-person" ->
                renderer.render("staff-person.ftl", Samples.person(text, true, false, 6, Samples.overseen(6, text)));
            case "staff-end" -> renderer.render("staff-confirm.ftl", Samples.ask("end", text, false));
            case "staff-offboard" -> renderer.render("staff-confirm.ftl", Samples.ask("offboard", text, false));
            case "report" -> renderer.render("report.ftl", Samples.askReport(text, false));
            default -> renderOwn(language, page, text);
        };
    }

    private static String renderOwn(String language, String page, String text) {
        boolean isList = page.equals("sessions");
        Map<String, Object> model = page.equals("security")
                ? Samples.security(text, text, true, true)
                : isList ? Samples.sessions(text, true, Samples.list(6, text)) : Samples.frame(text);
        if (page.equals("audit")) {
            model.putAll(Samples.audit(text, Samples.ledger(8, text)));
        }
        if (isList) {
            model.put("notice", Map.of("type", "success", "key", "clinicNoticeEnded", "label", text));
            model.put("receipt", Samples.receipt(5, text));
            model.put("knownDevices", Samples.knownDevices(7, text));
        }
        model.put("count", 3);
        model.put("status", 403);
        model.put("titleKey", "clinicErrorForbiddenTitle");
        model.put("textKey", "clinicErrorForbiddenText");
        return new Renderer(language).render(page + ".ftl", model);
    }

    private static List<MatchResult> tags(String html) {
        return TAG.matcher(html).results().toList();
    }

    private static Map<String, String> attributes(MatchResult tag) {
        Map<String, String> attributes = new HashMap<>();
        ATTRIBUTE
                .matcher(tag.group(3))
                .results()
                .forEach(attribute -> attributes.put(attribute.group(1), attribute.group(2)));
        return attributes;
    }
}
