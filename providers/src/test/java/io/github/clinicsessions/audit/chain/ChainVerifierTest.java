package io.github.clinicsessions.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.clinicsessions.audit.chain.Finding.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

    @Property(tries = 100)
    void whatNobodyTouchedIsIntact(@ForAll @Size(max = 6) List<@IntRange(min = 1, max = 7) Integer> sealed) {
        Chain chain = Chain.of(sealed.stream().mapToInt(i -> i).toArray());
        chain.grow(2);

        ChainVerifier.Result result = chain.verify(chain.head());

        assertThat(result.problems().count()).isZero();
        assertThat(result.rows()).isEqualTo(chain.rows.size());
    }

    @Property(tries = 100)
    void aChangedRowIsNamed(@ForAll @IntRange(min = 1, max = 9) int seq) {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        ChainRow old = chain.rows.get(seq - 1);
        chain.rows.set(seq - 1, new ChainRow(seq, old.previous(), old.hash(), Chain.row("id" + seq, 1, "other")));

        assertThat(chain.problems(head))
                .extracting(Finding::kind, Finding::fromSeq, Finding::rowId)
                .containsExactly(tuple(Kind.CHANGED, (long) seq, "id" + seq));
    }

    @Property(tries = 100)
    void aRowThatWasChangedAndHashedAnewIsFound(@ForAll @IntRange(min = 1, max = 9) int seq) {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        ChainRow old = chain.rows.get(seq - 1);
        chain.rows.set(seq - 1, Chain.chained(seq, old.previous(), Chain.row("id" + seq, 1, "other")));

        List<Finding> problems = chain.problems(head);

        if (seq < 9) {
            assertThat(problems)
                    .filteredOn(finding -> finding.kind() == Kind.CHANGED)
                    .extracting(Finding::rowId)
                    .containsExactly("id" + seq);
        }
        assertThat(problems.stream().anyMatch(finding -> finding.kind() == Kind.SEAL_MISMATCH))
                .isEqualTo(seq == 4 || seq == 9);
    }

    @Property(tries = 100)
    void aRemovedRowIsNamed(@ForAll @IntRange(min = 1, max = 9) int seq) {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        chain.rows.remove(seq - 1);

        assertThat(chain.problems(head)).containsExactly(Finding.removed(seq, seq));
    }

    @Property(tries = 100)
    void anInsertedRowIsNamed(@ForAll @IntRange(min = 1, max = 9) int seq, @ForAll boolean before) {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        ChainRow genuine = chain.rows.get(seq - 1);
        String id = before ? "a" : "z";
        chain.rows.add(Chain.chained(seq, genuine.previous(), Chain.row(id, 1, "other")));

        assertThat(chain.problems(head))
                .extracting(Finding::kind, Finding::rowId)
                .containsExactly(tuple(Kind.INSERTED, id));
    }

    @Test
    void aChainThatWasHashedAnewDoesNotFitItsSeals() {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        for (int seq = 6; seq <= 9; seq++) {
            String user = seq == 6 ? "other" : "user";
            chain.rows.set(
                    seq - 1, Chain.chained(seq, chain.hashAt(seq - 1), Chain.row("id" + seq, seq * 60_000L, user)));
        }

        assertThat(chain.problems(head)).containsExactly(Finding.seal(Kind.SEAL_MISMATCH, chain.seals.get(1)));
    }

    @Test
    void aSealThatWasMadeAnewWithAnotherKeyIsNotTrusted() {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        chain.seals.remove(1);
        chain.key = "attacker";
        chain.seal();

        assertThat(chain.problems(head)).containsExactly(Finding.seal(Kind.SEAL_UNTRUSTED, chain.seals.get(1)));
    }

    @Test
    void aChangedSealIsInvalid() {
        Chain chain = Chain.of(4, 5, 1);
        Seal seal = chain.seals.get(1);
        chain.seals.set(
                1,
                new Seal(
                        seal.realmId(),
                        seal.no(),
                        seal.kind(),
                        seal.fromSeq(),
                        seal.uptoSeq(),
                        seal.hash(),
                        0,
                        seal.previous(),
                        seal.keyId(),
                        seal.algorithm(),
                        seal.publicKey(),
                        seal.signature()));

        assertThat(chain.problems(chain.head())).containsExactly(Finding.seal(Kind.SEAL_INVALID, chain.seals.get(1)));
    }

    @Test
    void anOldKeyIsVouchedForByTheSealThatFollows() {
        Chain chain = Chain.of(4, 5);
        chain.key = "new";
        chain.knownKeys = "new";
        assertThat(chain.problems(chain.head()))
                .extracting(Finding::kind)
                .containsExactly(Kind.SEAL_UNTRUSTED, Kind.SEAL_UNTRUSTED);

        chain.seal(); // no new row: hands over
        assertThat(chain.problems(chain.head())).isEmpty();
    }

    @Test
    void missingSealsAreNamed() {
        Chain chain = Chain.of(1, 1, 1, 1);
        ChainHead head = chain.head();
        chain.seals.remove(3);
        chain.seals.remove(1);

        assertThat(chain.problems(head)).containsExactly(Finding.sealRemoved(2), Finding.sealRemoved(4));
    }

    @Test
    void aCutChainIsIntact() {
        Chain chain = Chain.of(4, 5, 2);
        chain.cut(4);
        chain.grow(2);
        chain.seal();
        chain.cut(9);

        ChainVerifier.Result result = chain.verify(chain.head());

        assertThat(result.problems().first()).isEmpty();
        assertThat(result.cutSeq()).isEqualTo(9);
        assertThat(result.rows()).isEqualTo(4);
    }

    @Test
    void aBeginningThatIsMissingWithoutACutIsARemoval() {
        Chain chain = Chain.of(4, 5, 2);
        ChainHead head = chain.head();
        chain.rows.removeIf(row -> row.seq() <= 4);
        chain.seals.remove(0);

        assertThat(chain.problems(head)).containsExactly(Finding.sealRemoved(1), Finding.removed(1, 4));
    }

    @Test
    void aTailThatIsMissingIsKnownToTheHead() {
        Chain chain = Chain.of(4, 5);
        ChainHead head = chain.head();
        chain.rows.removeIf(row -> row.seq() > 4);
        chain.seals.remove(1);

        assertThat(chain.problems(head)).containsExactly(Finding.sealRemoved(2), Finding.removed(5, 9));
    }

    @Test
    void aRowThatIsSealedLongAfterItHappenedIsAHint() {
        Chain chain = Chain.of(200);
        chain.rows.add(Chain.chained(201, chain.hashAt(200), Chain.row("late", 1, "user")));
        chain.seal();

        ChainVerifier.Result result = chain.verify(chain.head());

        assertThat(result.problems().count()).isZero();
        assertThat(result.late().first()).extracting(Finding::rowId).containsExactly("late");
    }
}
