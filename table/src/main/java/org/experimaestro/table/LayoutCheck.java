package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.TableLayout;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** The check that a layout names tags and metrics that its jobs have, each tag once. */
final class LayoutCheck {
    private LayoutCheck() {}

    /**
     * Checks a layout.
     *
     * @throws PlanException if a name is unknown or has two meanings
     */
    static void check(TableLayout layout) {
        if (layout.metrics().isEmpty()) {
            throw problem("Cannot compute a table without a metric", "name one, as in mean(\"accuracy\")");
        }
        checkTags(layout);
        checkComparison(layout);
        Set<String> names = new HashSet<>();
        for (TableLayout.Metric metric : layout.metrics()) {
            if (!names.add(metric.name() + " " + metric.statistic())) {
                throw problem("Cannot compute a table with the metric " + quoted(metric.name()) + " twice", null);
            }
            checkMetric(metric.name(), layout);
            if (!CellGrouping.isUndone(layout.jobs())) {
                checkUnits(metric, layout);
            }
        }
    }

    private static void checkTags(TableLayout layout) {
        Set<String> known = new TreeSet<>();
        layout.jobs().forEach(job -> known.addAll(job.tags().keySet()));
        List<String> tags = new ArrayList<>(layout.rowTags());
        tags.addAll(layout.columnTags());
        tags.addAll(layout.replicateTags());
        Set<String> used = new HashSet<>();
        for (String tag : tags) {
            if (!known.contains(tag)) {
                throw problem(
                        "Cannot compute a table by the tag " + quoted(tag) + ": no job has it",
                        near(tag, known, "tags", "no job has tags"));
            }
            if (!used.add(tag)) {
                throw problem(
                        "Cannot use the tag " + quoted(tag) + " for two purposes",
                        "it makes rows, or columns, or tells replicates apart");
            }
        }
    }

    private static void checkComparison(TableLayout layout) {
        boolean isCompared =
                layout.metrics().stream().anyMatch(metric -> metric.best().isPresent());
        if (!isCompared && (layout.hasPValues() || !layout.baselineTags().isEmpty())) {
            throw problem(
                    "Cannot compare cells: no metric of the table has a direction in which it gets better",
                    "call best(Best.HIGHEST) or best(Best.LOWEST) after the metric");
        }
    }

    private static void checkMetric(String metric, TableLayout layout) {
        Set<String> known = new TreeSet<>();
        Map<String, Integer> states = new LinkedHashMap<>();
        for (JobReport job : layout.jobs()) {
            known.addAll(job.metrics().keySet());
            states.merge(job.state(), 1, Integer::sum);
        }
        if (known.contains(metric) || CellGrouping.isUndone(layout.jobs())) {
            return;
        }
        boolean hasUnits = layout.jobs().stream()
                .anyMatch(job -> job.outcome() == Outcome.DONE
                        && !job.unitMetrics(metric).isEmpty());
        String jobs = states.isEmpty()
                ? "there is no job"
                : states.entrySet().stream()
                        .map(state -> state.getValue() + " " + state.getKey())
                        .collect(Collectors.joining(", ", "the jobs are ", ""));
        throw problem(
                "Cannot compute a table of the metric " + quoted(metric) + ": no job that is done has it",
                hasUnits
                        ? "its values are by unit; record the value for all units too, by context.metric("
                                + quoted(metric) + ", value)"
                        : near(metric, known, "metrics", jobs));
    }

    private static void checkUnits(TableLayout.Metric metric, TableLayout layout) {
        if (layout.isPerUnit()
                && metric.best().isPresent()
                && layout.jobs().stream()
                        .allMatch(job -> job.unitMetrics(metric.name()).isEmpty())) {
            throw problem(
                    "Cannot compare cells of the metric " + quoted(metric.name())
                            + " by unit: no job that is done has values by unit",
                    "record them in the task by context.metric(" + quoted(metric.name()) + ", unit, value)");
        }
    }

    private static String near(String name, Collection<String> known, String kind, String none) {
        return known.isEmpty()
                ? none
                : NearName.advice(name, known)
                        .orElse("the " + kind + " are "
                                + known.stream().map(VisibleText::of).collect(Collectors.joining(", ")));
    }

    static String quoted(String name) {
        return '"' + VisibleText.of(name) + '"';
    }

    static PlanException problem(String problem, @Nullable String advice) {
        return PlanException.of(problem).at(PlanLine.current()).advice(advice).build();
    }
}
