package org.experimaestro.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.address.PageView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/**
 * The jobs that a question is about: those of a run, or of all runs, that a filter selects. Immutable.
 *
 * @param view all jobs
 * @param now the time from which ages are counted
 * @param run the run; empty for all runs
 * @param filter the filter of the question, without the run
 */
public record Selection(JobsView view, Instant now, Optional<RunView> run, Filter filter) {
    private static final int MOST_NEAR = 5;

    /**
     * Reads the parameters {@code run}, which is {@code EXPERIMENT/RUN}, and {@code q}, a filter.
     *
     * @param monitored the workspace
     * @param query the parameters
     * @return the selection
     * @throws HttpProblem if the run does not exist, or the filter is wrong
     */
    public static Selection of(Monitored monitored, Query query) {
        JobsView view = monitored.view();
        Optional<RunView> run = query.find("run").map(name -> run(view, name));
        try {
            Filter filter = Filter.parse(query.find("q").orElse(""), monitored.presets());
            return new Selection(view, monitored.now(), run, filter);
        } catch (WorkspaceException wrong) {
            throw WorkspaceProblem.of(wrong, query.find("q").orElse(""));
        }
    }

    private static RunView run(JobsView view, String name) {
        int slash = name.lastIndexOf('/');
        if (slash < 0) {
            throw HttpProblem.badRequest(
                    "Cannot read the parameter run: found \"" + name + "\", expected EXPERIMENT/RUN");
        }
        return run(view, name.substring(0, slash), name.substring(slash + 1));
    }

    /**
     * Finds a run.
     *
     * @param view all jobs and runs
     * @param experiment the experiment's name
     * @param name the run's name, or {@code latest}
     * @return the run
     * @throws HttpProblem if there is no such run
     */
    public static RunView run(JobsView view, String experiment, String name) {
        List<RunView> runs = runs(view, experiment);
        if (name.equals(PageView.LATEST)) {
            return runs.getLast();
        }
        return runs.stream()
                .filter(run -> run.folder().name().equals(name))
                .findFirst()
                .orElseThrow(() -> HttpProblem.notFound(
                        "There is no run \"" + name + "\" of the experiment \"" + experiment + "\""));
    }

    /**
     * Returns the runs of an experiment.
     *
     * @param view all jobs and runs
     * @param experiment the experiment's name
     * @return its runs in the order of their start, at least one
     * @throws HttpProblem if there is none
     */
    static List<RunView> runs(JobsView view, String experiment) {
        List<RunView> runs = view.runs().stream()
                .filter(run -> run.folder().experiment().equals(experiment))
                .toList();
        if (runs.isEmpty()) {
            HttpProblem problem = HttpProblem.notFound("There is no run of an experiment \"" + experiment + "\"");
            List<String> near = NearName.near(experiment, view.experiments(), MOST_NEAR);
            throw near.isEmpty() ? problem : problem.with("near", near);
        }
        return runs;
    }

    /** Returns the run as {@code EXPERIMENT/RUN}; empty for all runs. */
    Optional<String> runName() {
        return run.map(of -> of.folder().qualifiedName());
    }

    /**
     * Selects the jobs.
     *
     * @return the rows, in the order of the view
     * @throws WorkspaceException if the filter names what no job has
     */
    public List<JobRow> rows() {
        return rows(filter);
    }

    /** Selects the jobs of the run, or of all runs, with another filter. */
    List<JobRow> rows(Filter other) {
        return run.map(of -> other.and(
                        Filter.ofRun(of.folder().experiment(), of.folder().name())))
                .orElse(other)
                .rows(view, now);
    }
}
