package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AccountNavigationTest {

    private static final String CONTENT = """
            [
              {"label": "personalInfo", "path": ""},
              {"label": "security", "children": [
                {"label": "devices", "path": "account-security/devices", "isVisible": "off"},
                {"label": "signingIn", "path": "account-security/signing-in"}]},
              {"label": "settings", "isVisible": "on", "children": [{"label": "sessions", "path": "sessions", "isVisible": "on"}]},
              {"label": "hidden", "isVisible": "unknown", "children": [{"label": "x", "path": "x"}]}
            ]""";

    @Test
    void showsWhatTheConsoleShows() throws JsonProcessingException {
        Properties messages = new Properties();
        messages.setProperty("personalInfo", "Personal info");
        AccountNavigation navigation =
                new AccountNavigation("/realms/r/account/", "sessions", Map.of("on", true, "off", false), messages);

        List<Map<String, Object>> items = navigation.items(new ObjectMapper().readTree(CONTENT));

        assertThat(items)
                .extracting(item -> item.get("label"))
                .containsExactly("Personal info", "security", "settings");
        assertThat(items.get(0))
                .containsEntry("href", "/realms/r/account/")
                .containsEntry("current", false)
                .doesNotContainKey("children");
        assertThat(items.get(1)).containsEntry("expanded", false);
        assertThat(items.get(1).get("children"))
                .isEqualTo(List.of(Map.of(
                        "label", "signingIn",
                        "href", "/realms/r/account/account-security/signing-in",
                        "current", false)));
        assertThat(items.get(2)).containsEntry("expanded", true);
        assertThat(items.get(2).get("children"))
                .isEqualTo(List.of(Map.of("label", "sessions", "href", "/realms/r/account/sessions", "current", true)));
    }
}
