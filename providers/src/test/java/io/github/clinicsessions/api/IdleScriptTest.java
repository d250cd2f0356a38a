package io.github.clinicsessions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The script keeps its promises: small, alone, and typed as it is. */
class IdleScriptTest {

    private static final int MOST_BYTES = 4095;

    private final String module = new String(IdleScript.MODULE.plain(), StandardCharsets.UTF_8);
    private final String types = new String(IdleScript.TYPES.plain(), StandardCharsets.UTF_8);

    @Test
    void isSmallerThanFourKibibytesCompressed() {
        assertThat(IdleScript.MODULE.compressed()).hasSizeLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void needsNothingElse() {
        assertThat(module).doesNotContainPattern("(?m)^\\s*import\\b|\\bimport\\(|\\brequire\\(");
    }

    @Test
    void isReadAsItIsWritten() {
        assertThat(module.lines().filter(line -> line.length() > 200)).isEmpty();
        assertThat(module.lines().count()).isGreaterThan(200);
    }

    @Test
    void exportsWhatIsDeclared() {
        assertThat(matches("export function (\\w+)\\(", module))
                .isEqualTo(matches("export function (\\w+)\\(", types))
                .containsExactly("startIdleGuard");
    }

    @Test
    void takesTheOptionsThatAreDeclared() {
        String taken = module.substring(module.indexOf("startIdleGuard({") + "startIdleGuard({".length());

        assertThat(matches("(\\w+)(?: = \\w+)?(?:, | }|$)", taken.substring(0, taken.indexOf(")"))))
                .isEqualTo(members("IdleGuardOptions"));
        assertThat(matches("(?:const texts = \\{ |, )(title|text|stay|signOut)\\b", module))
                .isEqualTo(members("DialogTexts"));
    }

    @Test
    void returnsWhatIsDeclared() {
        String returned = module.substring(module.indexOf("return (window[slot] = {"));

        Set<String> declared = members("IdleGuard");
        declared.addAll(members("WarningActions"));
        assertThat(matches("[{,] (\\w+)", returned.substring(0, returned.indexOf("=>"))))
                .isEqualTo(declared);
    }

    @Test
    void namesTheReasonsThatAreDeclared() {
        Set<String> declared = matches("\"(\\w+)\"", types.substring(types.indexOf("SignOutReason =")));

        assertThat(matches("end\\(\"(\\w+)\"|(?:\\? |: )\"(idle|ended)\"", module))
                .isEqualTo(declared);
    }

    /** What an interface of the declarations has, comments left aside. */
    private Set<String> members(String type) {
        int begin = types.indexOf("export interface " + type + " ");
        return matches("(?m)^  (\\w+)[?(:]", types.substring(begin, types.indexOf("\n}", begin)));
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(IdleScriptTest::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String group(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }
}
