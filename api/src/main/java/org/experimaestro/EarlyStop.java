package org.experimaestro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.base.process.PlanLine;

/**
 * A rule that stops trials which are worse than others after the same number of steps, such as epochs. The plan runs a
 * trial in stages, records a value after each, and asks the rule before the next one.
 *
 * <p>{@snippet :
 * EarlyStop rule = EarlyStop.halving(Best.LOWEST, 3);
 * rule.record(trial, 9, xp.report(afterNine).metric("loss"));
 * if (!rule.stops(trial)) {
 *     xp.submit(longer);
 * }
 * }
 *
 * <p>The rule decides from the values that were recorded by then. So a plan that records and asks in the order of its
 * trials stops the same ones in each run. Thread-safe.
 */
public final class EarlyStop {
    private final Best best;
    private final Rule rule;
    private final Map<Trial<?>, TreeMap<Long, Double>> values = new LinkedHashMap<>();

    private EarlyStop(Best best, Rule rule) {
        this.best = best;
        this.rule = rule;
    }

    /**
     * Creates the median rule: a trial stops if its best value so far is worse than the median of the others' values at
     * the same step (D. Golovin et al., <i>Google Vizier: A service for black-box optimization</i>, KDD 2017; there, the others
     * have means over their steps).
     *
     * @param best the direction in which values get better
     * @param least the number of other trials with a value at the step, below which no trial stops; at least 1
     * @return a rule without values
     * @throws PlanException if the number is less than 1
     */
    public static EarlyStop median(Best best, int least) {
        atLeast(1, least, "the median rule with fewer than", "other trials");
        return new EarlyStop(best, (better, bestSoFar, others) -> {
            if (others.size() < least) {
                return false;
            }
            Collections.sort(others);
            int middle = others.size() / 2;
            double median =
                    others.size() % 2 == 1 ? others.get(middle) : others.get(middle - 1) / 2 + others.get(middle) / 2;
            return bestSoFar > median;
        });
    }

    /**
     * Creates the rule of successive halving: of the trials with a value at a step, one in {@code factor} goes on, and at least
     * one. Of equal values, those that were recorded first do.
     *
     * <p>A plan that records the values of all trials at a step, and then asks about each, does successive halving (K. Jamieson
     * and A. Talwalkar, AISTATS 2016). One that asks at each value does it asynchronously (L. Li et al., <i>A system for
     * massively parallel hyperparameter tuning</i>, MLSys 2020), so that early trials go on more easily than late ones.
     *
     * @param best the direction in which values get better
     * @param factor at least 2
     * @return a rule without values
     * @throws PlanException if the factor is less than 2
     */
    public static EarlyStop halving(Best best, int factor) {
        atLeast(2, factor, "successive halving by the factor", "");
        return new EarlyStop(best, (better, bestSoFar, others) -> better >= Math.max(1, (others.size() + 1) / factor));
    }

    private static void atLeast(int least, int number, String rule, String unit) {
        if (number < least) {
            throw PlanException.of("Cannot use " + (rule + " " + number + " " + unit).strip())
                    .at(PlanLine.current())
                    .advice("give a number from " + least)
                    .build();
        }
    }

    /**
     * Records the value of a trial after a number of steps.
     *
     * @param trial the trial
     * @param step the number of steps that it has made, in any unit
     * @param value the value to make better; NaN is worse than all others. A second value of a step replaces the first
     */
    public synchronized void record(Trial<?> trial, long step, double value) {
        double loss = best == Best.LOWEST ? value : -value;
        values.computeIfAbsent(trial, first -> new TreeMap<>())
                .put(step, Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss);
    }

    /**
     * Returns whether a trial is to stop after the last step of which it has a value.
     *
     * @param trial the trial
     * @return false if it has no value yet
     */
    public synchronized boolean stops(Trial<?> trial) {
        TreeMap<Long, Double> own = values.get(trial);
        if (own == null) {
            return false;
        }
        long step = own.lastKey();
        double value = own.lastEntry().getValue();
        if (value == Double.POSITIVE_INFINITY) {
            return true;
        }
        List<Double> others = new ArrayList<>();
        int better = 0;
        boolean isBefore = true;
        for (Map.Entry<Trial<?>, TreeMap<Long, Double>> each : values.entrySet()) {
            Double other = each.getValue().get(step);
            if (each.getKey().equals(trial)) {
                isBefore = false;
            } else if (other != null) {
                others.add(other);
                better += other < value || other == value && isBefore ? 1 : 0;
            }
        }
        return rule.stops(better, Collections.min(own.values()), others);
    }

    /** A rule for values of which lower ones are better. */
    private interface Rule {
        /**
         * Returns whether a trial stops.
         *
         * @param better the number of other trials before it at the same step
         * @param bestSoFar its best value at this step and before
         * @param others the values of other trials at the same step
         */
        boolean stops(int better, double bestSoFar, List<Double> others);
    }
}
