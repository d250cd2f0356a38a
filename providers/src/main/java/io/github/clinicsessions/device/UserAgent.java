package io.github.clinicsessions.device;

import org.jspecify.annotations.Nullable;

/**
 * What the tables find in a user agent, read once from its beginning to its end: words between blanks, brackets, semicolons and
 * the like, one look-up each. Pure.
 */
final class UserAgent {

    /** So much is read. Keycloak refuses longer ones; real ones have 80 to 300. */
    static final int LONGEST = 512;

    /** No token of the tables has more characters. */
    private static final int LONGEST_TOKEN = 24;

    private Browsers.@Nullable Entry browser;
    private Systems.@Nullable Entry system;
    private boolean mobile;
    private boolean tablet;
    private boolean television;
    private boolean personalComputer;
    private boolean webView;
    private boolean version;
    private boolean webKit;
    private boolean chrome;
    private final boolean likeBrowser;

    private UserAgent(String text) {
        likeBrowser = text.startsWith("Mozilla/") || text.startsWith("Opera/") || text.startsWith("UCWEB/");
    }

    static UserAgent read(String text) {
        int end = Math.min(text.length(), LONGEST);
        UserAgent read = new UserAgent(text);
        int start = 0;
        for (int i = 0; i <= end; i++) {
            char next = i < end ? text.charAt(i) : ' ';
            if (isOfWord(next)) {
                continue;
            }
            // A word that the cap has cut is none; numbers are none either.
            if (i > start && i - start < LONGEST_TOKEN && isLetter(text.charAt(start)) && !isCut(text, i)) {
                read.take(text.substring(start, next == '/' ? i + 1 : i));
            }
            start = i + 1;
        }
        return read;
    }

    private static boolean isCut(String text, int end) {
        return end == LONGEST && end < text.length() && isOfWord(text.charAt(end));
    }

    private static boolean isOfWord(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void take(String token) {
        Browsers.Entry asBrowser = Browsers.find(token);
        if (asBrowser != null && (browser == null || asBrowser.order() < browser.order())) {
            browser = asBrowser;
        }
        Systems.Entry asSystem = Systems.find(token);
        if (asSystem != null && (system == null || asSystem.order() < system.order())) {
            system = asSystem;
        }
        switch (token) {
            case "Mobile", "Mobile/", "Phone" -> mobile = true;
            case "Tablet" -> tablet = true;
            case "PC" -> personalComputer = true;
            case "TV", "SMART-TV", "SmartTV", "SmartTV/", "GoogleTV", "BRAVIA", "CrKey/" -> television = true;
            case "wv" -> webView = true;
            case "Version/" -> version = true;
            case "AppleWebKit/" -> webKit = true;
            case "Chrome/" -> chrome = true;
            default -> {
                // says nothing that we would show
            }
        }
    }

    /** Null where no table knows any word of it. */
    Browsers.@Nullable Entry browser() {
        return browser;
    }

    /** Null where no table knows any word of it. */
    @Nullable
    String system() {
        return system == null ? null : system.name();
    }

    /** Whether it says what browsers say first. */
    boolean isLikeBrowser() {
        return likeBrowser;
    }

    /** Whether it names Chrome, as those do that send hints. */
    boolean isChromium() {
        return chrome;
    }

    boolean isMobile() {
        return mobile && !tablet;
    }

    boolean isTablet() {
        return tablet;
    }

    boolean isTelevision() {
        return television;
    }

    boolean isPersonalComputer() {
        return personalComputer;
    }

    /** Whether an app shows the page: Android says so, or once said "Version" where Chrome does not; WebKit alone is nobody's name. */
    boolean isWebView() {
        boolean android = system != null && system.name().equals("Android");
        return webView || (android && version && chrome) || (webKit && browser == null);
    }

    /** Of Safari: whether it is Android's old browser that says so. */
    boolean isOldAndroidBrowser() {
        return system != null && system.name().equals("Android");
    }
}
