package io.github.clinicsessions.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.timeout.IdleRule.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which rule counts. */
class IdlePolicyTest {

    @Property
    void theOrderOfRulesDoesNotMatter(@ForAll("rules") List<IdleRule> rules, @ForAll Random random) {
        var shuffled = new ArrayList<>(rules);
        Collections.shuffle(shuffled, random);

        assertThat(IdlePolicy.strictest(shuffled)).isEqualTo(IdlePolicy.strictest(rules));
        assertThat(IdlePolicy.strictest(shuffled).reason())
                .isEqualTo(IdlePolicy.strictest(rules).reason());
    }

    @Property
    void nothingLastsLongerThanAnyRuleOrTheBound(@ForAll("rules") List<IdleRule> rules) {
        var counts = IdlePolicy.strictest(rules);

        assertThat(counts.seconds()).isLessThanOrEqualTo(240 * 60);
        assertThat(rules).allSatisfy(rule -> assertThat(counts.seconds()).isLessThanOrEqualTo(rule.seconds()));
        assertThat(counts).isIn(union(rules, IdlePolicy.BOUND));
    }

    @Property
    void aFurtherRuleMakesNothingLonger(@ForAll("rules") List<IdleRule> rules, @ForAll("rule") IdleRule further) {
        assertThat(IdlePolicy.strictest(union(rules, further)).seconds())
                .isEqualTo(Math.min(IdlePolicy.strictest(rules).seconds(), further.seconds()));
    }

    @Test
    void ofEqualsTheClinicsIsTold() {
        var clinic = new IdleRule(Kind.CLINIC, "north", 300);
        var role = new IdleRule(Kind.ROLE, "front-desk", 300);
        var realm = new IdleRule(Kind.REALM, null, 300);

        assertThat(IdlePolicy.strictest(List.of(realm, role, clinic)).reason()).isEqualTo("clinic rule");
        assertThat(IdlePolicy.strictest(List.of(realm, role)).reason()).isEqualTo("role front-desk");
        assertThat(IdlePolicy.strictest(List.of(realm)).reason()).isEqualTo("realm setting");
        assertThat(IdlePolicy.strictest(List.of()).reason()).isEqualTo("bound of 240 minutes");
        assertThat(IdlePolicy.strictest(List.of(role, new IdleRule(Kind.ROLE, "doctor", 300)))
                        .reason())
                .isEqualTo("role doctor");
    }

    @Provide
    Arbitrary<IdleRule> rule() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.of("north", "south", "front-desk").injectNull(0.2),
                        Arbitraries.integers().between(1, 20_000))
                .as(IdleRule::new);
    }

    @Provide
    Arbitrary<List<IdleRule>> rules() {
        return rule().list().ofMaxSize(8);
    }

    private static List<IdleRule> union(List<IdleRule> rules, IdleRule one) {
        var all = new ArrayList<>(rules);
        all.add(one);
        return all;
    }
}
