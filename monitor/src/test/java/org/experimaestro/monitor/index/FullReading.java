package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** What the files say, read as simply as can be; and the same of what an index says. A line for each run, job and problem. */
final class FullReading {
    private static final Pattern NAME = Pattern.compile("(?<=[\"/])([^\"/\\\\\\s]+/[0-9a-f]{32})(?=[\"/])");

    private FullReading() {}

    static List<String> of(Workspace workspace) {
        List<String> problems = new ArrayList<>();
        List<RunFolder> runs = new ArrayList<>();
        for (ExperimentFolder experiment : workspace.experiments()) {
            runs.addAll(experiment.runs());
        }
        runs.sort(Comparator.comparing(RunFolder::name));
        Map<String, TreeSet<String>> experiments = new HashMap<>();
        Map<String, Map<String, Object>> tags = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (RunFolder run : runs) {
            List<String> jobs = new ArrayList<>();
            try {
                run.readJobs(job -> {
                    String name = job.typeId() + "/" + job.id();
                    experiments.computeIfAbsent(name, key -> new TreeSet<>()).add(run.experiment());
                    tags.put(name, job.tags());
                    jobs.add(name + job.tags() + job.dependencies());
                });
            } catch (WorkspaceException corrupt) {
                problems.add(corrupt.getMessage());
            }
            lines.add("run " + run.experiment() + "/" + run.name() + " " + state(run) + " " + jobs);
        }
        Workspace.Jobs listed = workspace.listJobs();
        for (JobFolder job : listed.found()) {
            lines.add(line(job, experiments.getOrDefault(job.name(), new TreeSet<>()), tags.get(job.name())));
        }
        listed.problems().forEach(problem -> problems.add(problem.getMessage()));
        lines.addAll(problems);
        return lines;
    }

    private static RunState state(RunFolder run) {
        return run.description().map(RunState::of).orElse(RunState.UNKNOWN);
    }

    private static String line(JobFolder job, TreeSet<String> experiments, @Nullable Map<String, Object> submitted) {
        JobStatus status = job.status();
        SortedMap<String, Object> tags = new TreeMap<>();
        List<?> progress = List.of();
        Map<String, Double> metrics = Map.of();
        String problem = status instanceof JobStatus.Corrupt ? status.message() : "";
        boolean mayLack = status instanceof JobStatus.New || status instanceof JobStatus.Starting;
        try {
            if (!mayLack || Files.exists(job.parametersFile())) {
                tags.putAll(ConfigurationTree.read(job).tags());
            }
        } catch (WorkspaceException unreadable) {
            problem = problem.isEmpty() ? unreadable.getMessage() : problem;
        }
        try {
            boolean mayHaveValues = status instanceof JobStatus.Running || status instanceof JobStatus.Failed;
            if (mayHaveValues && status.lastAttempt().isPresent()) {
                int attempt = status.lastAttempt().getAsInt();
                progress = ProgressReader.read(job.events(attempt));
                metrics = job.metricsSoFar(attempt);
            }
        } catch (WorkspaceException unreadable) {
            problem = problem.isEmpty() ? unreadable.getMessage() : problem;
        }
        return job.name() + " " + status + " " + (submitted == null ? tags : submitted) + " " + experiments + " "
                + progress + " " + metrics + " " + problem + " " + uses(job);
    }

    /** Returns the jobs in the parameters, wherever they are in the text. */
    private static TreeSet<String> uses(JobFolder job) {
        TreeSet<String> uses = new TreeSet<>();
        try {
            Matcher names = NAME.matcher(Files.readString(job.parametersFile()));
            while (names.find()) {
                uses.add(names.group(1));
            }
        } catch (IOException missing) {
            // It uses none.
        }
        return uses;
    }

    static List<String> of(JobsView view) {
        List<String> lines = new ArrayList<>();
        view.runs().forEach(run -> lines.add(line(run)));
        view.jobs().forEach(job -> lines.add(line(job)));
        lines.addAll(view.problems());
        return lines;
    }

    static String line(RunView run) {
        return "run " + run.folder().experiment() + "/" + run.folder().name() + " " + run.state() + " "
                + run.submissions().stream()
                        .map(job -> job.job() + job.tags() + job.dependencies())
                        .toList();
    }

    static String line(JobView job) {
        return job.name() + " " + job.status() + " " + job.tags() + " " + job.experiments() + " " + job.progress() + " "
                + job.metricsSoFar() + " " + job.problem() + " "
                + job.parameters().uses();
    }
}
