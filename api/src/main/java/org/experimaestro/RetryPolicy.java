package org.experimaestro;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.requirement.Quantities;
import org.jspecify.annotations.Nullable;

/**
 * A policy that decides by the cause of a failure how often a run tries a job again, after what delay, and with how much
 * more time or memory. A cause without a rule is final. Immutable.
 *
 * <p>{@snippet :
 * RetryPolicy policy = RetryPolicy.none()
 *         .on(RetryCause.MEMORY_LIMIT, 3, 2) // at most three retries, each with twice the memory
 *         .on(RetryCause.PREEMPTED, 20)
 *         .after(RetryCause.PREEMPTED, Duration.ofMinutes(5))
 *         .atMost(4);
 * xp.submit(task, Launcher.find("cpu(mem=8G)").retries(policy));
 * }
 *
 * <p>The same as a text: {@code memory_limit 3 x2, preempted 20 after 5 min, max 4}.
 */
public final class RetryPolicy {
    /** The delay of a rule that sets none. */
    public static final Duration DEFAULT_DELAY = Duration.ofSeconds(60);
    /** The largest number of retries. */
    public static final int MOST_RETRIES = 1_000;
    /** The largest factor. */
    public static final double LARGEST_FACTOR = 100;

    private static final RetryPolicy NONE =
            new RetryPolicy(new EnumMap<>(RetryCause.class), OptionalInt.empty(), false);

    private final Map<RetryCause, Rule> rules;
    private final OptionalInt most;
    private final boolean acrossRuns;

    /** A rule for one cause. Immutable; two rules are equal if their parts are. */
    public static final class Rule {
        private final int retries;
        private final double factor;
        private final Duration delay;

        private Rule(int retries, double factor, Duration delay) {
            this.retries = retries;
            this.factor = factor;
            this.delay = delay;
        }

        /**
         * Returns the largest number of retries for the cause.
         *
         * @return from 1 to {@link #MOST_RETRIES}
         */
        public int retries() {
            return retries;
        }

        /**
         * Returns the factor by which each retry raises time or memory.
         *
         * @return 1 if they stay, at most {@link #LARGEST_FACTOR}
         */
        public double factor() {
            return factor;
        }

        /**
         * Returns the time between a failure and the retry.
         *
         * @return at least 0
         */
        public Duration delay() {
            return delay;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rule that
                    && retries == that.retries
                    && Double.compare(factor, that.factor) == 0
                    && delay.equals(that.delay);
        }

        @Override
        public int hashCode() {
            return Objects.hash(retries, factor, delay);
        }
    }

    private RetryPolicy(Map<RetryCause, Rule> rules, OptionalInt most, boolean acrossRuns) {
        this.rules = rules;
        this.most = most;
        this.acrossRuns = acrossRuns;
    }

    /**
     * Returns the policy without rules: a failed job is not tried again.
     *
     * @return the policy to which rules are added
     */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * Reads a policy.
     *
     * @param text rules with commas between them, such as {@code time_limit 2 x1.5, lost_node 3 after 5 min, max 4};
     *     {@code docs/retries.md} has the grammar
     * @return the policy
     * @throws LaunchException if the text is not a policy, with the part at fault and the plan's line
     */
    public static RetryPolicy parse(String text) {
        return parse(text, PlanLine.current());
    }

    /**
     * Reads a policy that was written in some file.
     *
     * @param text the same as for {@link #parse(String)}
     * @param location the place of the text for the message; {@code null} if the caller adds it
     * @return the policy
     * @throws LaunchException if the text is not a policy, with the part at fault
     */
    public static RetryPolicy parse(String text, @Nullable String location) {
        return new RetryPolicyReader(text, location).read();
    }

    /**
     * Sets the rule for a cause, without a change of time or memory and with the {@linkplain #DEFAULT_DELAY usual delay}.
     *
     * @param cause the cause
     * @param retries the largest number of retries for this cause, from 0 to {@link #MOST_RETRIES}
     * @return a new policy
     * @throws LaunchException if the number is out of range
     */
    public RetryPolicy on(RetryCause cause, int retries) {
        return on(cause, retries, 1);
    }

    /**
     * Sets the rule for a cause, with the {@linkplain #DEFAULT_DELAY usual delay}.
     *
     * @param cause the cause
     * @param retries the largest number of retries for this cause, from 0 to {@link #MOST_RETRIES}
     * @param factor the factor by which each retry raises the time after a time limit, or the memory after a failure for
     *     memory, from 1 to {@link #LARGEST_FACTOR}; 1 for all other causes
     * @return a new policy
     * @throws LaunchException if a number is out of range
     */
    public RetryPolicy on(RetryCause cause, int retries, double factor) {
        return checked(() -> withRule(cause, retries, factor));
    }

    RetryPolicy withRule(RetryCause cause, int retries, double factor) {
        require(
                retries >= 0 && retries <= MOST_RETRIES,
                "the number of retries for " + cause.key() + " is " + retries + ", and goes from 0 to " + MOST_RETRIES);
        require(
                factor >= 1 && factor <= LARGEST_FACTOR,
                "the factor for " + cause.key() + " is " + number(factor) + ", and goes from 1 to "
                        + number(LARGEST_FACTOR));
        require(
                factor == 1 || cause.mayRaise(),
                "the factor for " + cause.key() + " is " + number(factor)
                        + ", and only time_limit, memory_limit and heap have one");
        return with(cause, new Rule(retries, factor, DEFAULT_DELAY));
    }

    /**
     * Sets the delay of a cause that has a rule.
     *
     * @param cause the cause
     * @param delay the time between a failure and the retry, at least 0
     * @return a new policy
     * @throws LaunchException if the delay is negative, or the cause has no rule
     */
    public RetryPolicy after(RetryCause cause, Duration delay) {
        return checked(() -> withDelay(cause, delay));
    }

    RetryPolicy withDelay(RetryCause cause, Duration delay) {
        Rule rule = rules.get(cause);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "there are none for " + cause.key() + " yet, so that they can have no delay");
        }
        require(!delay.isNegative(), "the delay for " + cause.key() + " is negative: " + delay);
        return with(cause, new Rule(rule.retries, rule.factor, delay));
    }

    /**
     * Limits the retries for all causes together. With 3, the job is executed at most 4 times. A preemption, and an
     * attempt whose process never began, count apart: only the rules of their own causes limit them.
     *
     * @param retries from 0 to {@link #MOST_RETRIES}
     * @return a new policy
     * @throws LaunchException if the number is out of range
     */
    public RetryPolicy atMost(int retries) {
        return checked(() -> withMost(retries));
    }

    RetryPolicy withMost(int retries) {
        require(
                retries >= 0 && retries <= MOST_RETRIES,
                "the number of retries for all causes is " + retries + ", and goes from 0 to " + MOST_RETRIES);
        return new RetryPolicy(rules, OptionalInt.of(retries), acrossRuns);
    }

    /**
     * Counts the attempts of earlier runs, too. A job that was executed as often as {@link #atMost} allows is not started
     * by a later run, unless somebody requests another try of that run. A failed job begins with the time and memory that its
     * last attempt asked for, if these are more than its requirement asks for.
     *
     * @return a new policy
     * @throws LaunchException if the policy has no {@link #atMost}
     */
    public RetryPolicy acrossRuns() {
        return checked(this::withAllRuns);
    }

    RetryPolicy withAllRuns() {
        require(most.isPresent(), "\"across runs\" needs \"max\", the number that counts across runs");
        return new RetryPolicy(rules, most, true);
    }

    /**
     * Returns the rule for a cause.
     *
     * @param cause the cause
     * @return empty if a job that fails for this cause is not tried again
     */
    public Optional<Rule> rule(RetryCause cause) {
        return Optional.ofNullable(rules.get(cause));
    }

    /**
     * Returns the largest number of retries for all causes together.
     *
     * @return the number of {@link #atMost}; empty if only the rules limit the retries
     */
    public OptionalInt most() {
        return most;
    }

    /**
     * Returns whether the attempts of earlier runs count.
     *
     * @return true after {@link #acrossRuns}
     */
    public boolean isAcrossRuns() {
        return acrossRuns;
    }

    private RetryPolicy with(RetryCause cause, Rule rule) {
        Map<RetryCause, Rule> changed = new EnumMap<>(RetryCause.class);
        changed.putAll(rules);
        if (rule.retries == 0) {
            changed.remove(cause);
        } else {
            changed.put(cause, rule);
        }
        return new RetryPolicy(changed, most, acrossRuns);
    }

    private static void require(boolean isGood, String problem) {
        if (!isGood) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static RetryPolicy checked(Supplier<RetryPolicy> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException wrong) {
            throw LaunchException.of("Cannot set the retries of jobs: " + wrong.getMessage())
                    .at(PlanLine.current())
                    .cause(wrong)
                    .build();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetryPolicy that
                && rules.equals(that.rules)
                && most.equals(that.most)
                && acrossRuns == that.acrossRuns;
    }

    @Override
    public int hashCode() {
        return rules.hashCode() * 31 + most.hashCode();
    }

    /**
     * Returns the text of the policy, which {@link #parse(String)} reads.
     *
     * @return one line, such as {@code memory_limit 3 x2, preempted 20 after 5 min}; {@code none} without rules
     */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        text.setEmptyValue("none");
        rules.forEach((cause, rule) -> text.add(cause.key() + " " + rule.retries
                + (rule.factor == 1 ? "" : " x" + number(rule.factor))
                + (rule.delay.equals(DEFAULT_DELAY) ? "" : " after " + Quantities.durationText(rule.delay))));
        most.ifPresent(number -> text.add("max " + number));
        if (acrossRuns) {
            text.add("across runs");
        }
        return text.toString();
    }
}
