package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md} names what the code knows, no more and no less. */
class EventsDocumentTest {

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([A-Za-z_]+)`(?:, `[A-Z_]+`)* \\|");

    private final String document = read();

    @Test
    void hasTheActions() {
        assertThat(firstCells("### Actions")).isEqualTo(names(LedgerAction.values()));
    }

    @Test
    void hasTheCauses() {
        assertThat(firstCells("### Causes of `SESSION_ENDED`")).isEqualTo(names(EndCause.values()));
    }

    @Test
    void hasTheActorTypes() {
        assertThat(names(Actor.Type.values()))
                .allSatisfy(type -> assertThat(document).contains("`" + type + "`"));
    }

    @Test
    void hasTheDetailsOfKeycloaksEvent() {
        assertThat(firstCells("## Keycloak's own event"))
                .containsExactly(SessionTerminator.DETAIL_CAUSE, SessionTerminator.DETAIL_ACTOR_ID);
    }

    private List<String> firstCells(String heading) {
        String section = document.substring(document.indexOf(heading) + heading.length());
        int next = section.indexOf("\n#");
        return FIRST_CELL
                .matcher(next < 0 ? section : section.substring(0, next))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "events.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
