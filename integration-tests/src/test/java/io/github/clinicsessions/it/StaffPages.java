package io.github.clinicsessions.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** An owner's pages about their staff, as tests open them and find their way. */
final class StaffPages {

    private final TestRealm realm;
    private final Browsers browsers;

    StaffPages(TestRealm realm, Browsers browsers) {
        this.realm = realm;
        this.browsers = browsers;
    }

    /** As the owner. */
    Page open(boolean javaScript, String path) {
        var device = javaScript ? Device.CHROME_ON_MAC : Device.CHROME_ON_MAC.withoutJavaScript();
        return browsers.signedIn(device, realm.account(path), "owner");
    }

    /** The path of the page about this person. */
    String person(String username) {
        return "staff/" + realm.userId(username);
    }

    /** With the cookies of the page's browser; a redirect is the answer. */
    APIResponse post(Page page, String path, Map<String, String> form) {
        var data = FormData.create();
        form.forEach(data::set);
        return page.context()
                .request()
                .post(
                        realm.account(path),
                        RequestOptions.create()
                                .setForm(data)
                                .setHeader("Accept", "text/html")
                                .setMaxRedirects(0));
    }

    /** Each pair of colours, width and language once; what is laid out does not depend on colours. */
    static Stream<Arguments> devices() {
        var mac = Device.CHROME_ON_MAC;
        return Stream.of(
                Arguments.of("light-1280", mac),
                Arguments.of("dark-390", mac.dark().size(390, 844)),
                Arguments.of("de-dark-1280", mac.locale("de-DE").dark()),
                Arguments.of("de-390", mac.locale("de-DE").size(390, 844)),
                Arguments.of("ar-1280", mac.locale("ar")),
                Arguments.of("ar-dark-390", mac.locale("ar").dark().size(390, 844)));
    }

    /** It is accessible, and nothing sticks out. */
    static void look(Page page, String name) {
        page.locator("h1").waitFor();
        Browsers.picture(page, name);
        assertThat(Accessibility.violations(page)).as(name).isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels that stick out sideways: " + name)
                .isEqualTo(0);
    }

    static void find(Page page, String words) {
        page.fill("#clinic-search", words);
        page.locator("form[role=search] button").click();
        page.locator("h1").waitFor();
    }

    static void confirm(Page page) {
        page.locator("main form button").click();
    }

    static Locator people(Page page) {
        return page.locator(".clinic-people > li");
    }

    static Locator rows(Page page) {
        return page.locator(".clinic-sessions > li");
    }

    static Locator notice(Page page) {
        return page.locator(".clinic-notice");
    }

    static String stateChecker(Page page) {
        return page.locator("input[name=stateChecker]").first().inputValue();
    }
}
