package io.github.clinicsessions.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class NavigationTest {

    private static final String CONTENT = "resources/content.json";

    @Test
    void isTheStockNavigationPlusOurGroup() {
        String ours = compact(ThemeFiles.text(ThemeFiles.ACCOUNT.resolve(CONTENT)));
        assertThat(ours)
                .contains(
                        "\"path\":\"account-security/device-activity\",\"isVisible\":\"clinicStockDeviceActivity\"",
                        "{\"label\":\"clinicSettings\",\"isVisible\":\"clinicSessionsEnabled\",\"children\":[");
        String withoutOurs = ours.replace(",\"isVisible\":\"clinicStockDeviceActivity\"", "")
                .replaceFirst(",\\{\"label\":\"clinicSettings\".*?]}", "");
        assertThat(withoutOurs)
                .as("Keycloak's own navigation may change with its version")
                .isEqualTo(compact(ThemeFiles.stock(CONTENT)));
    }

    @Test
    void namesScriptsAndAssetsThatExist() {
        Properties theme = ThemeFiles.properties(ThemeFiles.ACCOUNT.resolve("theme.properties"));
        String assets = theme.getProperty("clinicAssets");
        assertThat(assets).matches("clinic/[0-9a-f]{64}");
        assertThat(theme.getProperty("scripts.clinicNav")).isEqualTo(assets + "/clinic-nav.js");
        assertThat(ThemeFiles.in(ThemeFiles.ACCOUNT.resolve("resources").resolve(assets), ""))
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "clinic-frame.js", "clinic-guard.js", "clinic-nav.js", "clinic-sessions.js", "clinic.css");
        assertThat(assets + "/clinic.css").matches(theme.getProperty("contentHashPattern"));
        assertThat("assets/main-x.js").matches(theme.getProperty("contentHashPattern"));
    }

    private static String compact(String json) {
        return json.replaceAll("\\s", "");
    }
}
