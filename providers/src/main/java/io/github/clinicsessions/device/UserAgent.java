package io.github.clinicsessions.device;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tables find in a user agent, read once from its beginning to its end: words between blanks, brackets, semicolons and
 * the like, each looked up as it stands. Pure.
 */
final class UserAgent {

    /** So much is read. Keycloak refuses longer ones; real ones have 80 to 300. */
    static final int LONGEST = 512;

    /** Words that are no names. */
    private enum Mark {
        MOBILE,
        TABLET,
        PERSONAL_COMPUTER,
        TELEVISION,
        WEB_VIEW,
        VERSION,
        WEB_KIT,
        CHROMIUM
    }

    private static final Map<String, Mark> MARKS = Map.ofEntries(
            Map.entry("Mobile", Mark.MOBILE),
            Map.entry("Mobile/", Mark.MOBILE),
            Map.entry("Phone", Mark.MOBILE),
            Map.entry("Tablet", Mark.TABLET),
            Map.entry("PC", Mark.PERSONAL_COMPUTER),
            Map.entry("TV", Mark.TELEVISION),
            Map.entry("SMART-TV", Mark.TELEVISION),
            Map.entry("SmartTV", Mark.TELEVISION),
            Map.entry("SmartTV/", Mark.TELEVISION),
            Map.entry("GoogleTV", Mark.TELEVISION),
            Map.entry("BRAVIA", Mark.TELEVISION),
            Map.entry("CrKey/", Mark.TELEVISION),
            Map.entry("wv", Mark.WEB_VIEW),
            Map.entry("Version/", Mark.VERSION),
            Map.entry("AppleWebKit/", Mark.WEB_KIT),
            Map.entry("Chrome/", Mark.CHROMIUM));

    private static final int HASH = 31; // as String's

    private static final int FILTER = (1 << 14) - 1;

    /** The hashes of all tokens, shortened: a word whose hash is not among them need not be cut out to be looked up. */
    private static final BitSet KNOWN = new BitSet(FILTER + 1);

    static {
        Stream.of(Browsers.tokens(), Systems.tokens(), MARKS.keySet())
                .flatMap(Set::stream)
                .forEach(token -> KNOWN.set(token.hashCode() & FILTER));
    }

    private final boolean likeBrowser;
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private Browsers.@Nullable Entry browser;
    private Systems.@Nullable Entry system;

    private UserAgent(boolean likeBrowser) {
        this.likeBrowser = likeBrowser;
    }

    static UserAgent read(String text) {
        UserAgent read =
                new UserAgent(text.startsWith("Mozilla/") || text.startsWith("Opera/") || text.startsWith("UCWEB/"));
        int end = Math.min(text.length(), LONGEST);
        int start = 0;
        int hash = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isOfWord(c)) {
                hash = HASH * hash + c;
                continue;
            }
            // The slash of a product belongs to its token.
            boolean product = c == '/' && i > start;
            read.take(text, start, product ? i + 1 : i, product ? HASH * hash + c : hash);
            start = i + 1;
            hash = 0;
        }
        // A word that the cap has cut could be anything.
        if (end == text.length() || !isOfWord(text.charAt(end))) {
            read.take(text, start, end, hash);
        }
        return read;
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private void take(String text, int start, int end, int hash) {
        if (end <= start || !KNOWN.get(hash & FILTER)) {
            return;
        }
        String token = text.substring(start, end);
        Browsers.Entry asBrowser = Browsers.find(token);
        if (asBrowser != null && (browser == null || asBrowser.order() < browser.order())) {
            browser = asBrowser;
        }
        Systems.Entry asSystem = Systems.find(token);
        if (asSystem != null && (system == null || asSystem.order() < system.order())) {
            system = asSystem;
        }
        Mark mark = MARKS.get(token);
        if (mark != null) {
            marks.add(mark);
        }
    }

    /** Null where the table knows none of its words. */
    Browsers.@Nullable Entry browser() {
        return browser;
    }

    /** Null where the table knows none of its words. */
    @Nullable
    String system() {
        return system == null ? null : system.name();
    }

    /** Whether it begins as those of browsers do. */
    boolean isLikeBrowser() {
        return likeBrowser;
    }

    /** Whether it names Chrome, as those do that send hints. */
    boolean isChromium() {
        return marks.contains(Mark.CHROMIUM);
    }

    boolean isMobile() {
        return marks.contains(Mark.MOBILE) && !isTablet();
    }

    boolean isTablet() {
        return marks.contains(Mark.TABLET);
    }

    boolean isTelevision() {
        return marks.contains(Mark.TELEVISION);
    }

    boolean isPersonalComputer() {
        return marks.contains(Mark.PERSONAL_COMPUTER);
    }

    /** Whether an app shows the page: Android says so, or names a "Version" where Chrome does not; WebKit alone is nobody's name. */
    boolean isWebView() {
        return marks.contains(Mark.WEB_VIEW)
                || (isAndroid() && isChromium() && marks.contains(Mark.VERSION))
                || (browser == null && marks.contains(Mark.WEB_KIT));
    }

    /** Of what calls itself Safari there: Android's own browser of long ago. */
    boolean isAndroid() {
        return system != null && system.name().equals("Android");
    }
}
