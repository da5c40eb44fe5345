package org.experimaestro.engine.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;

/** The decision, in cases and in properties of many random histories. */
class RetryDecisionTest {
    private static final long G = 1_000_000_000L;
    private static final AskedAmounts ASKED =
            new AskedAmounts(Optional.of(Duration.ofHours(1)), 8 * G, OptionalLong.empty());

    private static RequestLimits limits(Duration time, long memory) {
        return new RequestLimits(Optional.of(time), OptionalLong.of(memory));
    }

    private static RetryDecision first(String policy, RetryCause cause, AskedAmounts asked, RequestLimits limits) {
        return RetryDecision.decide(
                RetryPolicy.parse(policy, null), new RetryHistory(1, List.of(), cause), asked, limits);
    }

    private static String giveUp(RetryDecision decision) {
        return ((RetryDecision.GiveUp) decision).reason();
    }

    private static RetryDecision.Again again(RetryDecision decision) {
        return (RetryDecision.Again) decision;
    }

    @Test
    void decide_memoryLimit_doublesTheMemory() {
        RetryDecision.Again again =
                again(first("memory_limit 3 x2", RetryCause.MEMORY_LIMIT, ASKED, RequestLimits.NONE));

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.most()).isEqualTo(4);
        assertThat(again.delay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(again.asked().changesFrom(ASKED)).isEqualTo("memory 8G → 16G");
    }

    @Test
    void decide_memoryAboveTheLimit_isCappedOnceAndThenGivenUp() {
        RequestLimits limits = limits(Duration.ofDays(1), 12 * G);
        AskedAmounts capped = again(first("memory_limit 3 x2", RetryCause.MEMORY_LIMIT, ASKED, limits))
                .asked();

        assertThat(capped.changesFrom(ASKED)).isEqualTo("memory 8G → 12G");
        assertThat(giveUp(first("memory_limit 3 x2", RetryCause.MEMORY_LIMIT, capped, limits)))
                .isEqualTo("no launcher gives it more memory than 12G");
    }

    @Test
    void decide_heapOfItsOwn_growsWithTheMemory() {
        AskedAmounts asked = new AskedAmounts(Optional.empty(), 8 * G, OptionalLong.of(6 * G));
        RequestLimits limits = limits(Duration.ofDays(1), 12 * G);

        assertThat(again(first("heap 1 x2", RetryCause.HEAP, asked, RequestLimits.NONE))
                        .asked()
                        .changesFrom(asked))
                .isEqualTo("memory 8G → 16G, heap 6G → 12G");
        assertThat(again(first("heap 1 x2", RetryCause.HEAP, asked, limits))
                        .asked()
                        .changesFrom(asked))
                .isEqualTo("memory 8G → 12G, heap 6G → 9G");
        assertThat(again(first("memory_limit 1 x2", RetryCause.MEMORY_LIMIT, asked, limits))
                        .asked()
                        .changesFrom(asked))
                .as("the heap was large enough")
                .isEqualTo("memory 8G → 12G");
    }

    @Test
    void decide_timeLimit_raisesTheTimeUpToTheLimit() {
        assertThat(again(first("time_limit 2 x1.5", RetryCause.TIME_LIMIT, ASKED, RequestLimits.NONE))
                        .asked()
                        .changesFrom(ASKED))
                .isEqualTo("time 1 h → 1 h 30 min");
        assertThat(giveUp(first("time_limit 2 x2", RetryCause.TIME_LIMIT, ASKED, limits(Duration.ofHours(1), G))))
                .isEqualTo("no launcher gives it more time than 1 h");
        AskedAmounts moment = new AskedAmounts(Optional.of(Duration.ofMillis(500)), 0, OptionalLong.empty());
        assertThat(again(first("time_limit 2 x2", RetryCause.TIME_LIMIT, moment, RequestLimits.NONE))
                        .asked()
                        .duration())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void decide_nothingAsked_hasNothingToRaise() {
        assertThat(giveUp(first("heap 3 x2", RetryCause.HEAP, AskedAmounts.NONE, RequestLimits.NONE)))
                .isEqualTo("it asks for no memory, so its retries have none to raise");
        assertThat(giveUp(first("time_limit 3 x2", RetryCause.TIME_LIMIT, AskedAmounts.NONE, RequestLimits.NONE)))
                .isEqualTo("it asks for no duration, so its retries have none to raise");
        assertThat(first("heap 3", RetryCause.HEAP, AskedAmounts.NONE, RequestLimits.NONE))
                .isInstanceOf(RetryDecision.Again.class);
    }

    @Test
    void decide_withoutRuleOrAfterTheLast_givesUp() {
        assertThat(giveUp(first("heap 3", RetryCause.EXCEPTION, ASKED, RequestLimits.NONE)))
                .isEmpty();
        RetryHistory third =
                new RetryHistory(3, List.of(RetryCause.EXCEPTION, RetryCause.EXCEPTION), RetryCause.EXCEPTION);
        assertThat(giveUp(
                        RetryDecision.decide(RetryPolicy.parse("exception 2", null), third, ASKED, RequestLimits.NONE)))
                .isEqualTo("it was tried again 2 times for exception, as often as its retries allow");
        assertThat(giveUp(RetryDecision.decide(
                        RetryPolicy.parse("exception 9, max 2", null), third, ASKED, RequestLimits.NONE)))
                .isEqualTo("it was executed 3 times, as often as \"max 2\" of its retries allows");
    }

    @Test
    void find_eachCauseOfFailure_isKnownOrFinal() {
        for (FailureCause cause : FailureCause.values()) {
            assertThat(FailureKinds.find(cause)).as("%s", cause).isNotNull();
        }
        assertThat(FailureKinds.find(FailureCause.CANCELLED)).isEmpty();
        assertThat(FailureKinds.find(FailureCause.WRONG_PARAMETERS)).isEmpty();
        assertThat(FailureKinds.find(FailureCause.OUT_OF_THREADS)).contains(RetryCause.EXCEPTION);
    }

    /** A job that always fails, for random causes, with a random policy and random limits. */
    @Test
    void decide_randomHistories_keepTheirBounds() {
        Random random = new Random(4);
        for (int round = 0; round < 2_000; round++) {
            int max = random.nextInt(6);
            RetryPolicy policy = policy(random).atMost(max);
            RequestLimits limits = random.nextBoolean()
                    ? RequestLimits.NONE
                    : limits(Duration.ofHours(1 + random.nextInt(9)), (8 + random.nextInt(90)) * G);
            List<RetryCause> past = new ArrayList<>();
            AskedAmounts asked = ASKED;
            while (true) {
                RetryCause cause = RetryCause.values()[random.nextInt(RetryCause.values().length)];
                RetryHistory history = new RetryHistory(past.size() + 1, past, cause);
                RetryDecision decision = RetryDecision.decide(policy, history, asked, limits);
                assertThat(RetryDecision.decide(policy, history, asked, limits)).isEqualTo(decision);
                past.add(cause);
                assertThat(past.stream().filter(RetryCause::isExecution).count())
                        .as("executions by %s", policy)
                        .isLessThanOrEqualTo(max + 1);
                if (!(decision instanceof RetryDecision.Again again)) {
                    break;
                }
                assertThat(past.stream().filter(cause::equals).count())
                        .isLessThanOrEqualTo(policy.rule(cause).orElseThrow().retries());
                assertThat(again.attempt()).isEqualTo(past.size() + 1).isLessThanOrEqualTo(again.most());
                assertRaised(cause, asked, again.asked(), limits);
                asked = again.asked();
            }
        }
    }

    private static void assertRaised(RetryCause cause, AskedAmounts before, AskedAmounts after, RequestLimits limits) {
        if (cause != RetryCause.TIME_LIMIT) {
            assertThat(after.duration()).isEqualTo(before.duration());
        }
        if (!cause.raisesMemory()) {
            assertThat(after.memory()).isEqualTo(before.memory());
        }
        assertThat(after.memory()).isGreaterThanOrEqualTo(before.memory());
        assertThat(after.memory()).isLessThanOrEqualTo(limits.memory().orElse(Long.MAX_VALUE));
        assertThat(after.duration().orElseThrow())
                .isGreaterThanOrEqualTo(before.duration().orElseThrow());
        limits.duration()
                .ifPresent(most -> assertThat(after.duration().orElseThrow()).isLessThanOrEqualTo(most));
    }

    private static RetryPolicy policy(Random random) {
        RetryPolicy policy = RetryPolicy.none();
        for (RetryCause cause : RetryCause.values()) {
            double factor = cause.mayRaise() && random.nextBoolean() ? 1 + random.nextInt(30) / 10.0 : 1;
            policy = policy.on(cause, random.nextInt(5), factor);
        }
        return policy;
    }
}
