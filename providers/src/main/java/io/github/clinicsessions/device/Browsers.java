package io.github.clinicsessions.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens by which browsers and apps give themselves away. Ordered, for each pretends to be those below it: of several in
 * one user agent the first of this table counts. A token with a slash is a product with a version.
 */
final class Browsers {

    /** What a token makes of the browser. */
    enum Kind {
        /** An app that is known by name and shows pages. */
        APP,
        /** A program that has no name of its own that would help: the client's says more. */
        PROGRAM,
        BROWSER,
        /** A browser that exists for iPhones and iPads only. */
        APPLE_MOBILE,
        /** Chrome, or whatever builds on it and does not say so: hints may know better. */
        CHROME,
        /** Safari where it also names its version, as nothing else does there. */
        SAFARI
    }

    /**
     * @param token as it stands in user agents, in this case
     * @param name as people know it; not used of a {@link Kind#PROGRAM}
     * @param order its place in the table, from 0
     */
    record Entry(String token, String name, Kind kind, int order) {}

    private static final Map<String, Entry> TABLE = new HashMap<>();

    static {
        put(Kind.APP, "Microsoft Teams", "Teams/", "TeamsMobile-Android", "TeamsMobile-iOS");
        put(Kind.APP, "Instagram", "Instagram");
        put(Kind.APP, "Facebook", "FBAN/", "FBAV/", "FB_IAB/", "FBIOS/");
        put(Kind.APP, "WeChat", "MicroMessenger/");
        put(Kind.APP, "LinkedIn", "LinkedInApp/", "LinkedInApp");
        put(Kind.APP, "Snapchat", "Snapchat/", "Snapchat");
        put(Kind.APP, "Pinterest", "Pinterest/");
        put(Kind.APP, "TikTok", "musical_ly_", "BytedanceWebview/", "trill_", "TikTok/");
        put(Kind.APP, "Line", "Line/");
        put(Kind.APP, "X", "Twitter");
        put(Kind.APP, "Slack", "Slack_SSB/", "Slack/");
        put(Kind.APP, "Thunderbird", "Thunderbird/");
        put(Kind.APP, "Google app", "GSA/");
        put(Kind.PROGRAM, "Electron", "Electron/");

        put(Kind.BROWSER, "Brave", "Brave/", "Brave");
        put(Kind.BROWSER, "Vivaldi", "Vivaldi/");
        put(Kind.BROWSER, "Opera Mini", "Mini/", "OPiOS/");
        put(Kind.APPLE_MOBILE, "Opera GX", "OPX/");
        put(Kind.APPLE_MOBILE, "Opera", "OPT/");
        put(Kind.BROWSER, "Opera GX", "OPRGX/");
        put(Kind.BROWSER, "Opera", "OPR/", "Opera/", "Opera");
        put(Kind.BROWSER, "DuckDuckGo", "DuckDuckGo/", "Ddg/");
        put(Kind.BROWSER, "Samsung Internet", "SamsungBrowser/");
        put(Kind.BROWSER, "Huawei Browser", "HuaweiBrowser/", "HBPC/");
        put(Kind.BROWSER, "MIUI Browser", "MiuiBrowser/");
        put(Kind.BROWSER, "UC Browser", "UCBrowser/", "UBrowser/", "UCWEB/");
        put(Kind.BROWSER, "Yandex Browser", "YaBrowser/", "YaSearchBrowser/");
        put(Kind.BROWSER, "Whale", "Whale/");
        put(Kind.BROWSER, "Silk", "Silk/");
        put(Kind.BROWSER, "QQ Browser", "MQQBrowser/", "QQBrowser/");
        put(Kind.BROWSER, "Quark", "Quark/");
        put(Kind.BROWSER, "HeyTap Browser", "HeyTapBrowser/");
        put(Kind.BROWSER, "Vivo Browser", "VivoBrowser/");
        put(Kind.BROWSER, "Ecosia", "Ecosia");
        put(Kind.BROWSER, "Avast Secure Browser", "Avast/");
        put(Kind.BROWSER, "AVG Secure Browser", "AVG/");
        put(Kind.BROWSER, "Norton Private Browser", "Norton/");
        put(Kind.BROWSER, "CCleaner Browser", "CCleaner/");
        put(Kind.BROWSER, "Coc Coc", "coc_coc_browser/");
        put(Kind.BROWSER, "Puffin", "Puffin/");
        put(Kind.BROWSER, "Maxthon", "Maxthon/", "MXiOS/");
        put(Kind.BROWSER, "Aloha", "AlohaBrowser/");
        put(Kind.APPLE_MOBILE, "Edge", "EdgiOS/");
        put(Kind.BROWSER, "Edge", "Edg/", "EdgA/", "Edge/");
        put(Kind.APPLE_MOBILE, "Firefox", "FxiOS/");
        put(Kind.APPLE_MOBILE, "Firefox Focus", "Focus/", "Klar/");
        put(Kind.APPLE_MOBILE, "Chrome", "CriOS/");

        put(Kind.BROWSER, "Headless Chrome", "HeadlessChrome/");
        put(Kind.BROWSER, "Chromium", "Chromium/");
        put(Kind.BROWSER, "Falkon", "Falkon/");
        put(Kind.BROWSER, "Konqueror", "Konqueror/");
        put(Kind.PROGRAM, "ArkWeb", "ArkWeb/");
        put(Kind.CHROME, "Chrome", "Chrome/");
        put(Kind.BROWSER, "SeaMonkey", "SeaMonkey/");
        put(Kind.BROWSER, "Pale Moon", "PaleMoon/");
        put(Kind.BROWSER, "Waterfox", "Waterfox/");
        put(Kind.BROWSER, "Firefox", "Firefox/");
        put(Kind.BROWSER, "Internet Explorer", "Trident/", "MSIE", "IEMobile/");
        put(Kind.BROWSER, "Web", "Epiphany/");
        put(Kind.SAFARI, "Safari", "Safari/");
    }

    /** What may stand in {@code Sec-CH-UA} where the user agent only says Chrome. Not: the engine, Chrome itself, made-up brands. */
    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("Brave", "Brave"),
            Map.entry("Microsoft Edge", "Edge"),
            Map.entry("Opera", "Opera"),
            Map.entry("Opera GX", "Opera GX"),
            Map.entry("Opera Air", "Opera"),
            Map.entry("Vivaldi", "Vivaldi"),
            Map.entry("DuckDuckGo", "DuckDuckGo"),
            Map.entry("YaBrowser", "Yandex Browser"),
            Map.entry("Samsung Internet", "Samsung Internet"),
            Map.entry("HuaweiBrowser", "Huawei Browser"),
            Map.entry("Whale", "Whale"),
            Map.entry("Avast Secure Browser", "Avast Secure Browser"),
            Map.entry("AVG Secure Browser", "AVG Secure Browser"),
            Map.entry("Norton Private Browser", "Norton Private Browser"),
            Map.entry("CCleaner Browser", "CCleaner Browser"),
            Map.entry("Ecosia", "Ecosia"),
            Map.entry("Island", "Island"));

    private Browsers() {}

    static Set<String> tokens() {
        return TABLE.keySet();
    }

    static @Nullable Entry find(String token) {
        return TABLE.get(token);
    }

    /** The name of the first brand that says more than Chrome does, or null. */
    static @Nullable String ofBrands(List<String> brands) {
        for (String brand : brands) {
            String name = BRANDS.get(brand);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    private static void put(Kind kind, String name, String... tokens) {
        for (String token : tokens) {
            TABLE.put(token, new Entry(token, name, kind, TABLE.size()));
        }
    }
}
