package io.github.clinicsessions.registry;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCursorTest {

    private static final String EPOCH = "0123456789abcdef";

    @Property
    void whatIsWrittenIsRead(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long seq) {
        FeedCursor cursor = new FeedCursor(EPOCH, seq);

        assertThat(FeedCursor.parse(cursor.text())).contains(cursor);
    }

    @Property
    void whateverIsReadIsWrittenAlike(@ForAll String text) {
        FeedCursor.parse(text).ifPresent(cursor -> assertThat(cursor.text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "7",
                "0123456789abcdef",
                "0123456789abcdef-",
                "0123456789abcdef--1",
                "0123456789abcdef-01",
                "0123456789ABCDEF-1",
                "0123456789abcde-1",
                "0123456789abcdef-1000000000000000000",
                "0123456789abcdef-1\n",
                "0123456789abcdef-1'--"
            })
    void nothingElseIsRead(String text) {
        assertThat(FeedCursor.parse(text)).isEmpty();
    }

    @Property
    void isOfItsFeedUpToTheEnd(
            @ForAll @LongRange(min = 0, max = 1_000) long seq, @ForAll @LongRange(min = 0, max = 1_000) long end) {
        assertThat(new FeedCursor(EPOCH, seq).isOf(new FeedHead(EPOCH, end))).isEqualTo(seq <= end);
    }

    @Test
    void isOfNoOtherFeed() {
        assertThat(new FeedCursor(EPOCH, 0).isOf(new FeedHead("fedcba9876543210", 5)))
                .isFalse();
        assertThat(new FeedCursor(EPOCH, 0).isOf(FeedHead.NONE)).isFalse();
    }

    @Test
    void ofAFeedInWhichNothingHadEndedIsOfEveryFeed() {
        FeedCursor first = FeedCursor.of(FeedHead.NONE);

        assertThat(first.isOf(FeedHead.NONE)).isTrue();
        assertThat(first.isOf(new FeedHead(EPOCH, 5))).isTrue();
        assertThat(new FeedCursor(first.epoch(), 1).isOf(new FeedHead(EPOCH, 5)))
                .isFalse();
    }
}
