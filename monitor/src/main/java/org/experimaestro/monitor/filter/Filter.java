package org.experimaestro.monitor.filter;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RowSelection;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A filter of jobs, such as {@code state=failed and (k1=0.6..1.2 or age<2h)}. The page {@code docs/filter.md} describes
 * the language. Immutable; two filters are equal if their conditions are.
 *
 * <p>Tags belong to a submission, so a filter selects rows: each submission of a job is tested by itself. Of the
 * selected submissions of an experiment, those of the latest run have rows. If a filter names an experiment and no run,
 * only the experiment's latest run that submitted the job counts.
 */
public final class Filter implements RowSelection {
    /** A filter that selects all rows. Its text is empty. */
    public static final Filter ALL = new Filter(Condition.NONE, Map.of());

    private final Condition condition;
    private final Map<FilterName, FilterText.Place> places;

    /**
     * Creates a filter.
     *
     * @param condition the condition of a row
     * @param places the place where each name was written, for messages; names that options make have none
     */
    Filter(Condition condition, Map<FilterName, FilterText.Place> places) {
        this.condition = condition;
        this.places = Map.copyOf(places);
    }

    /**
     * Parses a filter.
     *
     * @param text the text of the user; empty or blank for {@link #ALL}
     * @return the filter
     * @throws WorkspaceException if the text is not a filter; the message shows the place
     */
    public static Filter parse(String text) {
        return parse(text, Map.of());
    }

    /**
     * Parses a filter that may name others.
     *
     * @param text the text of the user, in which {@code @bad} stands for the filter of that name
     * @param presets the texts of filters by name
     * @return the filter
     * @throws WorkspaceException if the text, or that of a filter it names, is not a filter; the message shows the place
     */
    public static Filter parse(String text, Map<String, String> presets) {
        return FilterParser.parse(text, new TreeMap<>(presets));
    }

    /**
     * Returns a filter of states.
     *
     * @param states the states
     * @return a filter that selects the jobs in these states; all jobs without states
     */
    public static Filter ofStates(Set<JobState> states) {
        return states.isEmpty()
                ? ALL
                : test(
                        FilterName.of(JobField.STATE),
                        states.stream().sorted().map(JobField::word).toList());
    }

    /**
     * Returns a filter of an experiment.
     *
     * @param experiment the name of the experiment
     * @return a filter that selects the jobs that the experiment's latest run which named them submitted
     */
    public static Filter ofExperiment(String experiment) {
        return test(FilterName.of(JobField.EXPERIMENT), List.of(experiment));
    }

    /**
     * Creates the filter that selects the submissions of one run.
     *
     * @param experiment the name of the run's experiment
     * @param run the run's name
     * @return the filter
     */
    public static Filter ofRun(String experiment, String run) {
        return test(FilterName.of(JobField.RUN), List.of(experiment + "/" + run));
    }

    /**
     * Returns a filter of tags.
     *
     * @param tags the values by name
     * @return a filter that selects the rows with all of these tags
     */
    public static Filter ofTags(Map<String, String> tags) {
        Filter all = ALL;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            all = all.and(test(FilterName.tag(tag.getKey()), List.of(tag.getValue())));
        }
        return all;
    }

    /**
     * Returns a filter of the time since the last attempt.
     *
     * @param age the age; not negative
     * @return a filter that selects the jobs whose last attempt ended longer ago
     */
    public static Filter ofAgeAbove(Duration age) {
        BigDecimal seconds = BigDecimal.valueOf(age.getSeconds()).add(BigDecimal.valueOf(age.getNano(), 9));
        Operand operand = new Operand.Text(seconds.stripTrailingZeros().toPlainString() + "s");
        return new Filter(
                new Condition.Test(FilterName.of(JobField.AGE), Operator.GREATER, List.of(operand)), Map.of());
    }

    /**
     * Returns a filter of the values of a field.
     *
     * @param field the field
     * @param values the values, one at least
     * @return a filter that selects the jobs with one of these values
     */
    public static Filter ofValues(JobField field, List<String> values) {
        return test(FilterName.of(field), values);
    }

    /**
     * Returns a filter of a part of a field's text.
     *
     * @param field a field that is a text
     * @param part the part
     * @return a filter that selects the jobs whose text has the part
     */
    public static Filter ofPart(JobField field, String part) {
        Operand pattern = new Operand.Text(PatternSearch.escaped(part));
        return new Filter(new Condition.Test(FilterName.of(field), Operator.MATCHES, List.of(pattern)), Map.of());
    }

    private static Filter test(FilterName name, List<String> values) {
        List<Operand> operands = values.stream().<Operand>map(Operand.Text::new).toList();
        return new Filter(new Condition.Test(name, Operator.EQUAL, operands), Map.of());
    }

    /**
     * Returns a filter that selects what this one and another one select.
     *
     * @param other the other filter
     * @return a new filter
     */
    public Filter and(Filter other) {
        return new Filter(Conditions.all(List.of(condition, other.condition)), joined(other));
    }

    /**
     * Returns a filter that selects what this one or another one selects.
     *
     * @param other the other filter
     * @return a new filter
     */
    public Filter or(Filter other) {
        return new Filter(Conditions.either(List.of(condition, other.condition)), joined(other));
    }

    /**
     * Returns a filter that selects what this one does not.
     *
     * @return a new filter
     */
    public Filter not() {
        return new Filter(Conditions.not(condition), places);
    }

    private Map<FilterName, FilterText.Place> joined(Filter other) {
        Map<FilterName, FilterText.Place> all = new LinkedHashMap<>(other.places);
        all.putAll(places);
        return all;
    }

    /**
     * Returns whether the values of a name may change while the index of the workspace stays the same.
     *
     * @param name a name of filters
     * @return true for times that count from now, pins, notes and tags of runs
     */
    public static boolean isVolatile(String name) {
        return FilterName.parse(name).isVolatile();
    }

    /**
     * Returns the experiment that all selected rows belong to.
     *
     * @return its name; empty unless the filter requires one experiment by its name
     */
    public Optional<String> experiment() {
        List<String> names = conjuncts()
                .filter(test -> test.operator() == Operator.EQUAL && isOf(test, JobField.EXPERIMENT))
                .filter(test -> test.operands().size() == 1)
                .flatMap(Filter::texts)
                .distinct()
                .toList();
        return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    }

    private Stream<Condition.Test> conjuncts() {
        return Conditions.parts(condition).stream()
                .filter(Condition.Test.class::isInstance)
                .map(Condition.Test.class::cast);
    }

    /**
     * Returns the same filter without its tests of states, for the numbers of jobs in all states.
     *
     * @return a filter that selects at least what this one selects, unless it negates a test of a state
     */
    public Filter withoutStates() {
        return new Filter(Conditions.without(condition, test -> isOf(test, JobField.STATE)), places);
    }

    /**
     * A filter without one of its conditions.
     *
     * @param dropped the text of the condition
     * @param rest the filter without it
     */
    public record Relaxed(String dropped, Filter rest) {}

    /**
     * Returns the filters that this one becomes without one of its conditions, for advice when it selects nothing.
     *
     * @return a filter for each condition that all selected rows must meet; empty for {@link #ALL}
     */
    public List<Relaxed> relaxed() {
        List<Condition> parts = Conditions.parts(condition);
        List<Relaxed> relaxed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Condition> rest = new ArrayList<>(parts);
            String dropped = FilterPrinter.text(rest.remove(i));
            relaxed.add(new Relaxed(dropped, new Filter(Conditions.all(rest), places)));
        }
        return relaxed;
    }

    /**
     * Returns whether the selection may change while the index of the workspace stays the same: it depends on the current
     * time, or on pins, notes and tags of runs, which people change.
     *
     * @return true if a condition names such a value
     */
    public boolean isVolatile() {
        return tests(condition).anyMatch(test -> test.name().isVolatile());
    }

    private static boolean isOf(Condition.Test test, JobField field) {
        return test.name().equals(FilterName.of(field));
    }

    private static Stream<String> texts(Condition.Test test) {
        return test.operands().stream()
                .filter(Operand.Text.class::isInstance)
                .map(operand -> ((Operand.Text) operand).text());
    }

    @Override
    public List<JobRow> rows(JobsView view) {
        return rows(view, Instant.now());
    }

    /**
     * Selects rows at a given time.
     *
     * @param view all jobs
     * @param now the time from which ages are counted
     * @return the selected rows, in the order of the view's jobs
     * @throws WorkspaceException if the filter names an experiment that the view does not have, or a tag, metric or
     *     parameter that no job has; the message has the near name
     */
    public List<JobRow> rows(JobsView view, Instant now) {
        experiments().forEach(view::requireExperiment);
        RowSelector selector = new RowSelector(bind(view), isOfLatest(), now);
        return view.jobs().parallelStream()
                .flatMap(job -> selector.rows(job).stream())
                .toList();
    }

    private Predicate<FilteredRow> bind(JobsView view) {
        boolean isOfRun = conjuncts().anyMatch(test -> test.operator() == Operator.EQUAL && isOf(test, JobField.RUN));
        if (!isOfRun) {
            refuseSkipped();
        }
        return bind(new KnownNames(view, experiment().orElse(""), isOfRun));
    }

    /** Returns the predicate of the rows whose values have these names. */
    Predicate<FilteredRow> bind(FilterNames names) {
        try {
            return new FilterBinding(names).bind(condition);
        } catch (UnknownName unknown) {
            FilterText.Place place = places.get(unknown.name());
            throw place == null
                    ? WorkspaceException.of(unknown.problem())
                            .advice(unknown.advice())
                            .build()
                    : FilterText.problem(
                            "Cannot use the filter", place, unknown.problem(), unknown.advice(), unknown.near());
        }
    }

    /** Refuses the state of a run's jobs where no run is known: another run may well start the same job. */
    private void refuseSkipped() {
        FilterName state = FilterName.of(JobField.STATE);
        if (tests(condition)
                .filter(test -> test.name().equals(state))
                .flatMap(Filter::texts)
                .noneMatch(JobField.SKIPPED::equals)) {
            return;
        }
        String problem = "a job is skipped by a run, and the filter requires no run";
        String advice = "add run=EXPERIMENT/RUN, or write state=new";
        FilterText.Place place = places.get(state);
        throw place == null
                ? WorkspaceException.of("Cannot select state=skipped: " + problem)
                        .advice(advice)
                        .build()
                : FilterText.problem("Cannot use the filter", place, problem, advice, List.of());
    }

    /** Returns whether only the latest run of an experiment that submitted a job counts. */
    private boolean isOfLatest() {
        List<Condition.Test> tests = tests(condition).toList();
        return tests.stream().anyMatch(test -> isOf(test, JobField.EXPERIMENT))
                && tests.stream().noneMatch(test -> test.name().isOfRun());
    }

    /** Returns the names of experiments that are compared as they are. */
    private Set<String> experiments() {
        return tests(condition)
                .filter(test -> isOf(test, JobField.EXPERIMENT))
                .filter(test -> test.operator() == Operator.EQUAL || test.operator() == Operator.NOT_EQUAL)
                .flatMap(Filter::texts)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Stream<Condition.Test> tests(Condition condition) {
        return switch (condition) {
            case Condition.All all -> all.parts().stream().flatMap(Filter::tests);
            case Condition.Either either -> either.parts().stream().flatMap(Filter::tests);
            case Condition.Not not -> tests(not.part());
            case Condition.Test test -> Stream.of(test);
            case Condition.Word _ -> Stream.empty();
        };
    }

    /**
     * Selects runs: those with a submission that the filter selects, each submission tested by itself. A run without
     * jobs is selected if the filter needs no value of a job. An experiment that does not exist has no runs.
     *
     * @param view all jobs and runs
     * @param now the time from which ages are counted
     * @return the runs with their selected submissions, in the order of their start
     * @throws WorkspaceException if the filter names a tag, metric or parameter that no job has
     */
    public List<RunRow> runs(JobsView view, Instant now) {
        return new RowSelector(bind(view), false, now).runs(view);
    }

    /**
     * Returns advice for a filter that selects nothing.
     *
     * @param view all jobs
     * @return a sentence for each value of a tag that no job has, with the values that jobs have, and for each word that
     *     is the name of a state or of an experiment
     */
    public List<String> advice(JobsView view) {
        return FilterAdvice.of(condition, new KnownNames(view, experiment().orElse(""), false), view.experiments());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Filter filter && condition.equals(filter.condition);
    }

    @Override
    public int hashCode() {
        return condition.hashCode();
    }

    /** Returns the text of the filter, which {@link #parse(String)} reads as an equal one. */
    @Override
    public String toString() {
        return FilterPrinter.text(condition);
    }
}
