package io.github.clinicsessions.platform;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Lifespans as Keycloak reckons them. */
class AccessTokenLifespansTest {

    private final AccessTokenLifespans lifespans = new AccessTokenLifespans(60, 90, 36_000);

    @Test
    void theOverrideGoesBeforeTheRealm() {
        assertThat(lifespans.ofClient(null, false)).isEqualTo(60);
        assertThat(lifespans.ofClient(" ", false)).isEqualTo(60);
        assertThat(lifespans.ofClient("30", false)).isEqualTo(30);
        assertThat(lifespans.ofClient("600", false)).isEqualTo(600);
        assertThat(lifespans.ofClient("soon", false)).isEqualTo(60);
    }

    @Test
    void theImplicitFlowHasItsOwn() {
        assertThat(lifespans.ofClient("30", true)).isEqualTo(90);
        assertThat(lifespans.ofClient("600", true)).isEqualTo(600);
    }

    @Test
    void minusOneIsAsLongAsTheSession() {
        assertThat(lifespans.ofClient("-1", false)).isEqualTo(36_000);
        assertThat(new AccessTokenLifespans(-1, 90, 36_000).ofClient(null, false))
                .isEqualTo(36_000);
        assertThat(lifespans.ofClient("-2", false)).isZero();
    }

    @Property
    void noInputGivesANegativeOrEndlessLife(
            @ForAll long realm, @ForAll long implicitFlow, @ForAll long sessionMax, @ForAll String override) {
        assertThat(new AccessTokenLifespans(realm, implicitFlow, sessionMax).ofClient(override, true))
                .isBetween(0L, (long) Integer.MAX_VALUE);
    }
}
