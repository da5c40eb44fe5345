package org.experimaestro.monitor.report;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.RunResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.view.JobRow;

/**
 * The selected jobs of the latest run of an experiment that has some of them, with the tags that it gave them. A filter
 * may select an earlier run. Immutable.
 *
 * @param run the run, as {@code experiment/run}
 * @param jobs its selected jobs, in the order of submission
 * @param others the number of selected rows that only earlier runs have
 */
public record ReportJobs(String run, List<JobResults> jobs, int others) {
    /** Copies the list. */
    public ReportJobs {
        jobs = List.copyOf(jobs);
    }

    /**
     * Finds the jobs.
     *
     * @param reader the workspace of the rows
     * @param rows the selected rows
     * @return the jobs of one run
     * @throws WorkspaceException if the rows are not of exactly one experiment
     */
    public static ReportJobs of(WorkspaceReader reader, Collection<JobRow> rows) {
        Set<String> experiments = new TreeSet<>();
        Set<List<Object>> selected = new HashSet<>();
        Set<String> runs = new HashSet<>();
        for (JobRow row : rows) {
            experiments.addAll(row.experiments());
            runs.addAll(row.runs());
            selected.add(List.of(row.job().name(), row.tags()));
        }
        if (experiments.size() != 1) {
            throw notOne(reader, experiments);
        }
        String experiment = experiments.iterator().next();
        RunResults run = reader.experiment(experiment).runs().reversed().stream()
                .filter(each -> runs.contains(experiment + "/" + each.name()))
                .findFirst()
                .orElseThrow();
        String name = experiment + "/" + run.name();
        List<JobResults> jobs = run.jobs().stream()
                .filter(job -> selected.contains(List.of(job.type() + "/" + job.id(), job.tags())))
                .toList();
        long others = rows.stream().filter(row -> !row.runs().contains(name)).count();
        return new ReportJobs(name, jobs, (int) others);
    }

    private static WorkspaceException notOne(WorkspaceReader reader, Set<String> experiments) {
        return WorkspaceException.of("Cannot make a table of the jobs of "
                        + (experiments.isEmpty()
                                ? "no experiment: no run has submitted such a job"
                                : "several experiments: " + String.join(", ", experiments)))
                .at(reader.folder().toString())
                .advice(
                        experiments.isEmpty()
                                ? "experimaestro jobs list shows the jobs that there are"
                                : "name one with --experiment, or give its YAML file")
                .build();
    }
}
