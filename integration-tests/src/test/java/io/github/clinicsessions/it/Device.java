package io.github.clinicsessions.it;

import com.microsoft.playwright.options.ColorScheme;

/** The browser that a test pretends to be. The engine is Chromium's always; what the server is told differs. */
public record Device(
        String userAgent, String locale, ColorScheme colorScheme, int width, int height, boolean javaScript) {

    public static final Device CHROME_ON_MAC = desktop("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
            + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36");

    public static final Device FIREFOX_ON_WINDOWS =
            desktop("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0");

    public static final Device SAFARI_ON_IPHONE = desktop(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 "
                            + "(KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1")
            .size(390, 844);

    /** 1280 × 900, English, light. */
    public static Device desktop(String userAgent) {
        return new Device(userAgent, "en-US", ColorScheme.LIGHT, 1280, 900, true);
    }

    public Device locale(String other) {
        return new Device(userAgent, other, colorScheme, width, height, javaScript);
    }

    public Device dark() {
        return new Device(userAgent, locale, ColorScheme.DARK, width, height, javaScript);
    }

    public Device size(int newWidth, int newHeight) {
        return new Device(userAgent, locale, colorScheme, newWidth, newHeight, javaScript);
    }

    public Device withoutJavaScript() {
        return new Device(userAgent, locale, colorScheme, width, height, false);
    }
}
