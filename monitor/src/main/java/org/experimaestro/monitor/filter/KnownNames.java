package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.view.FailedDependencies;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.jspecify.annotations.Nullable;

/**
 * The names of a view's tags, metrics and parameters. A name without a prefix is that of a tag if a job has such a tag,
 * else of a metric, else of a parameter. Files of metrics and parameters are read only if they are asked for.
 */
final class KnownNames implements FilterNames {
    private static final int MOST_SHOWN = 20;

    private final JobsView view;
    private final String experiment;
    private final RunNotes runNotes;
    private final boolean isOfRun;
    private final FailedDependencies failed;

    /**
     * Creates the names.
     *
     * @param view all jobs
     * @param experiment the experiment whose latest tags count; empty for all tags
     * @param isOfRun whether all rows are of runs that are named, so that a new job may be one that its run skips
     */
    KnownNames(JobsView view, String experiment, boolean isOfRun) {
        this.view = view;
        this.experiment = experiment;
        this.runNotes = new RunNotes(view);
        this.isOfRun = isOfRun;
        this.failed = new FailedDependencies(view);
    }

    @Override
    public Function<FilteredRow, @Nullable Object> values(FilterName name) throws UnknownName {
        String text = name.name();
        return switch (name.scope()) {
            case FIELD -> {
                JobField field = name.field().orElseThrow();
                yield field == JobField.STATE && isOfRun ? this::stateInRun : field::value;
            }
            case TAG -> known(name, hasTag(text), row -> row.tags().get().get(text));
            case METRIC ->
                known(name, hasMetric(text), row -> metrics(row.job()).get(text));
            case RUN -> ofRun(name);
            case PARAMETER ->
                known(
                        name,
                        hasParameter(text),
                        row -> ParameterLookup.find(row.parameters().get(), text));
            case ANY -> {
                FilterName.Scope scope = hasTag(text)
                        ? FilterName.Scope.TAG
                        : hasMetric(text)
                                ? FilterName.Scope.METRIC
                                : hasParameter(text) ? FilterName.Scope.PARAMETER : FilterName.Scope.ANY;
                yield scope == FilterName.Scope.ANY
                        ? known(name, false, row -> null)
                        : values(new FilterName(scope, text));
            }
        };
    }

    private @Nullable Object stateInRun(FilteredRow row) {
        JobView job = row.job();
        return job != null && failed.isSkipped(job) ? JobField.SKIPPED : JobField.STATE.value(row);
    }

    private Function<FilteredRow, @Nullable Object> known(
            FilterName name, boolean isKnown, Function<FilteredRow, @Nullable Object> values) throws UnknownName {
        if (isKnown || view.jobs().isEmpty()) {
            return values;
        }
        throw unknown(name);
    }

    /** Returns whether a name stands for the values of a metric. */
    boolean isMetric(FilterName name) {
        return switch (name.scope()) {
            case METRIC -> true;
            case ANY -> !hasTag(name.name()) && hasMetric(name.name());
            case FIELD, TAG, RUN, PARAMETER -> false;
        };
    }

    private Function<FilteredRow, @Nullable Object> ofRun(FilterName name) throws UnknownName {
        if (name.equals(new FilterName(FilterName.Scope.RUN, FilterName.NOTE))) {
            return row -> runNotes.texts(row.runs());
        }
        String tag =
                name.name().startsWith(FilterName.RUN_TAG) ? name.name().substring(FilterName.RUN_TAG.length()) : "";
        return known(name, runNotes.names().contains(tag), row -> runNotes.tag(row.runs(), tag));
    }

    /** Returns the metrics of a job: of its last attempt, also if it is not done. */
    static Map<String, Double> metrics(@Nullable JobView job) {
        return job == null ? Map.of() : job.metrics().isEmpty() ? job.metricsSoFar() : job.metrics();
    }

    private static @Nullable Object parameter(@Nullable JobView job, String path) {
        return job == null ? null : ParameterLookup.find(job.parameters().values(), path);
    }

    /** Returns the sets of tags in which tags are looked for. */
    Stream<Map<String, Object>> tagSets() {
        return view.jobs().stream().flatMap(job -> {
            if (job.submissions().isEmpty()) {
                return experiment.isEmpty() ? Stream.of(job.tags()) : Stream.empty();
            }
            List<RunSubmission> submissions = experiment.isEmpty()
                    ? job.submissions()
                    : RowSelector.latest(job.submissions().stream()
                            .filter(submission -> submission.experiment().equals(experiment))
                            .toList());
            return submissions.stream().map(RunSubmission::tags);
        });
    }

    boolean hasTag(String name) {
        return tagSets().anyMatch(tags -> tags.containsKey(name));
    }

    private boolean hasMetric(String name) {
        return view.jobs().stream().anyMatch(job -> metrics(job).containsKey(name));
    }

    private boolean hasParameter(String path) {
        return view.jobs().stream().anyMatch(job -> parameter(job, path) != null);
    }

    private SortedSet<String> tags() {
        SortedSet<String> names = new TreeSet<>();
        tagSets().forEach(tags -> names.addAll(tags.keySet()));
        return names;
    }

    private SortedSet<String> metrics() {
        SortedSet<String> names = new TreeSet<>();
        view.jobs().forEach(job -> names.addAll(metrics(job).keySet()));
        return names;
    }

    /** Returns the names of parameters, and of the parameters of configurations that are parameters. */
    private SortedSet<String> parameters() {
        SortedSet<String> names = new TreeSet<>();
        view.jobs()
                .forEach(job -> job.parameters().values().forEach((name, value) -> {
                    names.add(name);
                    if (value instanceof Map<?, ?> parts) {
                        parts.keySet().forEach(part -> names.add(name + "." + part));
                    }
                }));
        return names;
    }

    /** Returns the names of all tags, then of all metrics, then of parameters; a tag may have the name of a field. */
    List<String> all() {
        Set<String> all = new LinkedHashSet<>();
        tags().forEach(tag ->
                all.add(JobField.find(tag).isEmpty() ? tag : FilterName.tag(tag).toString()));
        all.addAll(metrics());
        all.addAll(parameters());
        runNotes.names().forEach(tag -> all.add(FilterName.runTag(tag).toString()));
        return List.copyOf(all);
    }

    private UnknownName unknown(FilterName name) {
        String of = experiment.isEmpty() ? "" : "of the experiment " + experiment + " ";
        return switch (name.scope()) {
            case TAG -> unknown(name, "No job " + of + "has a tag", tags(), "tags");
            case METRIC -> unknown(name, "No job has a metric", metrics(), "metrics");
            case RUN -> {
                SortedSet<String> known = new TreeSet<>(Set.of("run." + FilterName.NOTE));
                runNotes.names().forEach(tag -> known.add(FilterName.runTag(tag).toString()));
                String advice = NearName.advice(name.toString(), known)
                        .orElseGet(() -> "write run.note or run.tag.NAME; the names are " + String.join(", ", known));
                yield new UnknownName(name, "No run has a tag or a value", advice, known);
            }
            case PARAMETER -> unknown(name, "No job has a parameter", parameters(), "parameters");
            case ANY, FIELD -> {
                List<String> all = new ArrayList<>(
                        Stream.of(JobField.values()).map(JobField::text).toList());
                all.addAll(all());
                String lists = Stream.of(list(tags(), "tags"), list(metrics(), "metrics"))
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> one + "; " + other)
                        .orElse("no job has tags or metrics");
                yield new UnknownName(
                        name,
                        "No job " + of + "has a tag, metric or parameter",
                        NearName.advice(name.name(), all).orElse(lists),
                        all);
            }
        };
    }

    private static UnknownName unknown(FilterName name, String problem, SortedSet<String> known, String kind) {
        return new UnknownName(name, problem, advice(name, known, kind), known);
    }

    private static String advice(FilterName name, SortedSet<String> known, String kind) {
        return NearName.advice(name.name(), known)
                .orElseGet(() -> list(known, kind).orElse("no job has " + kind));
    }

    private static Optional<String> list(SortedSet<String> names, String kind) {
        int more = names.size() - MOST_SHOWN;
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("the " + kind + " are "
                        + String.join(", ", names.stream().limit(MOST_SHOWN).toList())
                        + (more > 0 ? ", and " + more + " more" : ""));
    }
}
