package org.experimaestro.web.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.compare.ComparedValue;
import org.experimaestro.monitor.compare.FirstCause;
import org.experimaestro.monitor.compare.ResultComparison;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.ParameterTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.code.CodeChange;

/** A comparison of two jobs or more: the first cause, and only what differs. The base is the first job. */
final class CompareResource implements Resource {
    private static final int MOST_JOBS = 20;

    /**
     * The answer.
     *
     * @param jobs the jobs, the base first
     * @param cause the first cause of different results; empty if nothing differs
     * @param sections the parts with a difference
     * @param same the number of the base's parameters that do not differ
     * @param problems a sentence for each file that could not be read
     * @param command the command that prints the same
     */
    record Answer(
            List<ComparedJob> jobs,
            Optional<Cause> cause,
            List<Section> sections,
            int same,
            List<String> problems,
            String command) {}

    /** A job that is compared. */
    record ComparedJob(
            String job,
            String shortId,
            JobState state,
            Map<String, Object> tags,
            String type,
            Optional<String> host,
            Optional<Duration> seconds) {}

    /**
     * A first cause.
     *
     * @param text the cause in words
     * @param path the names that lead to it, the outer one first
     */
    record Cause(String text, List<String> path) {}

    /**
     * The differences of one kind.
     *
     * @param name their kind
     * @param rows a row for each value that differs
     */
    record Section(String name, List<ComparedValue> rows) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        List<JobView> jobs = jobs(monitored, view, query);
        ResultComparison comparison = ResultComparison.of(monitored.workspace(), view.runs(), jobs, monitored.now());
        List<Section> sections = new ArrayList<>();
        add("parameters", comparison.parameters(), sections);
        add("code", code(comparison.code()), sections);
        add("environment", comparison.environment(), sections);
        add("metrics", comparison.metrics(), sections);
        add("results", comparison.results(), sections);
        ShownCommand command = new ShownCommand(monitored, "jobs", "diff");
        jobs.forEach(job -> command.add(job.name()));
        return new Answer(
                jobs.stream().map(job -> job(view, job)).toList(),
                sections.isEmpty() ? Optional.empty() : Optional.of(cause(comparison.firstCause())),
                sections,
                Math.max(
                        0,
                        leaves(jobs.getFirst().folder())
                                - comparison.parameters().size()),
                comparison.problems(),
                command.toString());
    }

    private static List<JobView> jobs(Monitored monitored, JobsView view, Query query) {
        List<String> names = new ArrayList<>(query.list("jobs"));
        query.find("base").ifPresent(base -> names.addFirst(base));
        if (names.size() > MOST_JOBS + 1) {
            throw tooMany(names.size());
        }
        List<JobView> jobs = Subjects.jobs(monitored.workspace(), view, names).stream()
                .flatMap(job -> view.find(job.name()).stream())
                .toList();
        if (jobs.size() < 2) {
            throw HttpProblem.badRequest("A comparison needs two jobs or more: jobs=ID,ID");
        }
        if (jobs.size() > MOST_JOBS) {
            throw tooMany(jobs.size());
        }
        return jobs;
    }

    private static HttpProblem tooMany(int jobs) {
        return HttpProblem.badRequest("Cannot compare " + jobs + " jobs: a comparison has " + MOST_JOBS + " at most");
    }

    private static ComparedJob job(JobsView view, JobView job) {
        JobLink link = JobLink.of(view, job);
        return new ComparedJob(
                link.job(),
                link.shortId(),
                link.state(),
                link.tags(),
                job.folder().typeId(),
                RowsResource.host(job),
                job.status().duration());
    }

    private static Cause cause(FirstCause cause) {
        return new Cause(
                CausePhrases.of(cause),
                CausePhrases.name(cause).map(CompareResource::path).orElse(List.of()));
    }

    /** Returns the parts of a parameter's path. Dots in parentheses belong to the type of a task. */
    static List<String> path(String name) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            depth += "([".indexOf(next) >= 0 ? 1 : ")]".indexOf(next) >= 0 ? -1 : 0;
            if (next == '.' && depth == 0) {
                parts.add(name.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(name.substring(start));
        return parts;
    }

    private static void add(String name, List<ComparedValue> rows, List<Section> sections) {
        if (!rows.isEmpty()) {
            sections.add(new Section(name, rows));
        }
    }

    /** Returns a row for each class or jar that differs from that of the base in a job. */
    private static List<ComparedValue> code(List<CodeChange> changes) {
        SortedSet<String> classes = new TreeSet<>();
        SortedSet<String> jars = new TreeSet<>();
        for (CodeChange change : changes) {
            classes.addAll(change.classes());
            jars.addAll(change.jars());
        }
        List<ComparedValue> rows = new ArrayList<>();
        classes.forEach(name -> rows.add(code(
                "class " + name,
                changes.stream().map(change -> change.classes().contains(name)).toList())));
        jars.forEach(name -> rows.add(code(
                "jar " + name,
                changes.stream().map(change -> change.jars().contains(name)).toList())));
        return rows;
    }

    private static ComparedValue code(String name, List<Boolean> differs) {
        List<String> values =
                differs.stream().map(other -> other ? "other" : "same").toList();
        return new ComparedValue(name, values, false);
    }

    /** Returns the number of a job's parameters that have no parts. */
    private static int leaves(JobFolder job) {
        return leaves(ParameterTree.of(Explanation.of(job)));
    }

    private static int leaves(List<ParameterTree.Node> nodes) {
        return nodes.stream()
                .mapToInt(node -> node.children().isEmpty() ? 1 : leaves(node.children()))
                .sum();
    }
}
