package io.github.clinicsessions.it;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** axe on a page, as it is rendered now. */
public final class Accessibility {

    private Accessibility() {}

    /** WCAG 2.2 A and AA and best practice: one line per violation with its rule and the elements; empty is good. */
    public static List<String> violations(Page page) {
        var brief = new AxeRunOptions();
        brief.setResultTypes(List.of("violations")); // of what is good, not every element
        return new AxeBuilder(page)
                        .setLegacyMode(true) // our pages have no frames: no further page is opened to put them together
                        .options(brief)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .map(node -> String.valueOf(node.getHtml()))
                                        .toList())
                        .toList();
    }
}
