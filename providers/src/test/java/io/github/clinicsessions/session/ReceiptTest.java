package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.EndNotice;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class ReceiptTest {

    private static final String ID = "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d";

    @Example
    void isWaitingUntilEverySessionOfTheApplicationWasTold() {
        Receipt receipt = receipt(
                notice("s1", "a", EndNotice.State.ANSWERED, 50L, 100),
                notice("s2", "a", EndNotice.State.WAITING, 50L, 300),
                notice("s3", "a", EndNotice.State.GIVEN_UP, 50L, 200));

        assertThat(receipt.sessions()).isEqualTo(3);
        assertThat(receipt.applications()).hasSize(1);
        assertThat(receipt.applications().get(0).state()).isEqualTo(Receipt.State.WAITING);
        assertThat(receipt.applications().get(0).answeredAt()).isNull();
        assertThat(receipt.refusedByAllAt()).isEqualTo(Instant.ofEpochMilli(300));
    }

    @Example
    void saysOfSessionsWithoutApplicationsWhenTheyEnded() {
        Receipt receipt = receipt(
                notice("s1", null, EndNotice.State.NOT_TOLD, 50L, 50),
                notice("s2", null, EndNotice.State.NOT_TOLD, 60L, 60));

        assertThat(receipt.sessions()).isEqualTo(2);
        assertThat(receipt.endedAt()).isEqualTo(Instant.ofEpochMilli(60));
        assertThat(receipt.applications()).isEmpty();
        assertThat(receipt.refusedByAllAt()).isNull();
    }

    @Example
    void hasNoEndWhileASessionIsBeingEnded() {
        assertThat(receipt(
                                notice("s1", "a", EndNotice.State.WAITING, 50L, 100),
                                notice("s2", "a", EndNotice.State.WAITING, null, 100))
                        .endedAt())
                .isNull();
    }

    @Example
    void keepsTheNameOfAClientThatIsGone() {
        Receipt receipt = Receipt.of(List.of(notice("s1", "gone", EndNotice.State.GIVEN_UP, 50L, 100)), client -> null);

        assertThat(receipt.applications().get(0).client().clientId()).isEqualTo("named-gone");
        assertThat(receipt.applications().get(0).state()).isEqualTo(Receipt.State.FAILED);
    }

    @Property
    void neverClaimsMoreThanWasConfirmed(@ForAll("notices") List<EndNotice> notices) {
        Receipt receipt = Receipt.of(notices, client -> null);

        for (Receipt.Application application : receipt.applications()) {
            List<EndNotice> own = notices.stream()
                    .filter(notice -> application.client().clientId().equals(notice.clientId()))
                    .toList();
            assertThat(application.state() == Receipt.State.ANSWERED)
                    .isEqualTo(own.stream().allMatch(notice -> notice.state() == EndNotice.State.ANSWERED));
            assertThat(own)
                    .allSatisfy(notice -> assertThat(notice.refusesBy())
                            .isLessThanOrEqualTo(application.refusesBy().toEpochMilli()));
            assertThat(application.refusesBy()).isBeforeOrEqualTo(receipt.refusedByAllAt());
        }
    }

    @Provide
    Arbitrary<List<EndNotice>> notices() {
        return Combinators.combine(
                        Arbitraries.of("s1", "s2", "s3"),
                        Arbitraries.of("a", "b", "c").injectNull(0.2),
                        Arbitraries.of(EndNotice.State.class),
                        Arbitraries.longs().between(0, 1000))
                .as((session, client, state, refuses) -> notice(session, client, state, 1L, refuses))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static Receipt receipt(EndNotice... notices) {
        return Receipt.of(List.of(notices), client -> new SessionView.Client("named-" + client, null));
    }

    private static EndNotice notice(
            String session, @Nullable String client, EndNotice.State state, @Nullable Long ended, long refuses) {
        return new EndNotice(
                "id",
                "realm",
                ID,
                session,
                "user",
                client,
                client == null ? null : "named-" + client,
                state,
                null,
                0,
                ended,
                state == EndNotice.State.ANSWERED ? 70L : null,
                refuses);
    }
}
