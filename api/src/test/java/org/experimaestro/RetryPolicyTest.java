package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    @Test
    void parse_allParts_isThePolicyOfTheBuilder() {
        RetryPolicy built = RetryPolicy.none()
                .on(RetryCause.MEMORY_LIMIT, 3, 2)
                .on(RetryCause.TIME_LIMIT, 2, 1.5)
                .on(RetryCause.PREEMPTED, 20)
                .after(RetryCause.PREEMPTED, Duration.ofMinutes(5))
                .atMost(4)
                .acrossRuns();

        RetryPolicy read = RetryPolicy.parse(
                " preempted 20 after 5 min,time_limit 2 x 1.5, memory_limit 3 x2,across  runs, max 4");

        assertThat(read).isEqualTo(built).hasSameHashCodeAs(built);
        assertThat(built)
                .hasToString("time_limit 2 x1.5, memory_limit 3 x2, preempted 20 after 5 min, max 4, across runs");
        RetryPolicy.Rule rule = built.rule(RetryCause.MEMORY_LIMIT).orElseThrow();
        assertThat(rule.retries()).isEqualTo(3);
        assertThat(rule.factor()).isEqualTo(2);
        assertThat(rule.delay()).isEqualTo(RetryPolicy.DEFAULT_DELAY);
        assertThat(built.rule(RetryCause.EXCEPTION)).isEmpty();
    }

    @Test
    void parse_printedPolicy_isEqual() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            RetryPolicy policy = policy(random);
            assertThat(RetryPolicy.parse(policy.toString())).as("%s", policy).isEqualTo(policy);
        }
    }

    private static RetryPolicy policy(Random random) {
        RetryPolicy policy = RetryPolicy.none();
        for (RetryCause cause : RetryCause.values()) {
            if (random.nextBoolean()) {
                double factor = cause.mayRaise() ? 1 + random.nextInt(400) / 100.0 : 1;
                policy = policy.on(cause, 1 + random.nextInt(20), factor)
                        .after(cause, Duration.ofSeconds(random.nextInt(100_000)));
            }
        }
        policy = random.nextBoolean() ? policy.atMost(random.nextInt(9)) : policy;
        return policy.most().isPresent() && random.nextBoolean() ? policy.acrossRuns() : policy;
    }

    @Test
    void parse_noneAndNoRetries_areNoPolicy() {
        assertThat(RetryPolicy.parse("none")).isEqualTo(RetryPolicy.none());
        assertThat(RetryPolicy.parse("heap 0")).isEqualTo(RetryPolicy.none());
        assertThat(RetryPolicy.none()).hasToString("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prempted 3                | found "prempted", expected one of time_limit, memory_limit, heap, lost_node, preempted, vanished, not_started, exception, max, across runs; did you mean "preempted"?
            exception 2 x2            | the factor for exception is 2, and only time_limit, memory_limit and heap have one
            heap 3 x0.5               | the factor for heap is 0.5, and goes from 1 to 100
            heap 3 x1000              | the factor for heap is 1000, and goes from 1 to 100
            heap 1001                 | the number of retries for heap is 1001, and goes from 0 to 1000
            heap 3, heap 2            | heap is given twice
            max 3, max 2              | "max" is given twice
            heap three                | expected a number of retries
            heap 3 after lunch        | "lunch" is not a duration
            heap 3, across runs       | "across runs" needs "max"
            heap 3,                   | a part is empty
            """)
    void parse_wrong_tellsThePart(String text, String problem) {
        assertThatThrownBy(() -> RetryPolicy.parse(text, "debug.yaml:4"))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("debug.yaml:4: Cannot read the retries \"" + text.strip())
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, RetryPolicy.MOST_RETRIES + 1})
    void builder_numberOutOfRange_isRefusedWithTheLine(int retries) {
        assertThatThrownBy(() -> RetryPolicy.none().on(RetryCause.HEAP, retries))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("RetryPolicyTest.java:")
                .hasMessageContaining("is " + retries);
        assertThatThrownBy(() -> RetryPolicy.none().atMost(retries)).isInstanceOf(LaunchException.class);
        assertThatThrownBy(() -> RetryPolicy.none().on(RetryCause.HEAP, 1, Double.NaN))
                .isInstanceOf(LaunchException.class);
        assertThatThrownBy(() -> RetryPolicy.none().after(RetryCause.HEAP, Duration.ZERO))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("there are none for heap yet");
    }
}
