package org.experimaestro.engine.retry;

import java.time.Duration;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.RequestLimits;

/** The decision about a job that has failed: another attempt, or none. */
public sealed interface RetryDecision {

    /**
     * The job is tried again.
     *
     * @param delay the time until then
     * @param attempt the number of the next attempt
     * @param most the number of the last attempt that this cause would lead to
     * @param asked the amounts that the next attempt asks for
     */
    record Again(Duration delay, int attempt, int most, AskedAmounts asked) implements RetryDecision {}

    /**
     * The job has failed for good.
     *
     * @param reason the reason why the policy has no retry left; empty if it has no rule for the cause
     */
    record GiveUp(String reason) implements RetryDecision {}

    /**
     * Decides. The result depends on the arguments alone.
     *
     * @param policy the policy of the job
     * @param history the attempts so far
     * @param asked the amounts that the last attempt asked for
     * @param limits the most that launchers give to the job
     * @return the decision
     */
    static RetryDecision decide(RetryPolicy policy, RetryHistory history, AskedAmounts asked, RequestLimits limits) {
        RetryCause cause = history.last();
        RetryPolicy.Rule rule = policy.rule(cause).orElse(null);
        if (rule == null) {
            return new GiveUp("");
        }
        int left = rule.retries() - history.retriesForCause();
        if (left <= 0) {
            return new GiveUp("it was tried again " + times(rule.retries()) + " for " + cause.key()
                    + ", as often as its retries allow");
        }
        if (cause.isExecution() && policy.most().isPresent()) {
            int most = policy.most().getAsInt();
            left = Math.min(left, most - history.executionsBefore());
            if (left <= 0) {
                return new GiveUp("it was executed " + times(most + 1) + ", as often as \"max " + most
                        + "\" of its retries allows");
            }
        }
        AskedAmounts next = asked;
        if (rule.factor() > 1) {
            AskedAmounts current = asked.capped(limits);
            next = cause.raisesMemory()
                    ? current.raisedMemory(rule.factor(), cause == RetryCause.HEAP, limits)
                    : current.raisedTime(rule.factor(), limits);
            if (next.equals(current)) {
                return new GiveUp(unraised(cause, current));
            }
        }
        return new Again(rule.delay(), history.attempt() + 1, history.attempt() + left, next);
    }

    private static String unraised(RetryCause cause, AskedAmounts asked) {
        if (!cause.raisesMemory()) {
            return asked.duration()
                    .map(time -> "no launcher gives it more time than " + Quantities.durationText(time))
                    .orElse("it asks for no duration, so its retries have none to raise");
        }
        return asked.memory() > 0
                ? "no launcher gives it more memory than " + Quantities.sizeText(asked.memory())
                : "it asks for no memory, so its retries have none to raise";
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
