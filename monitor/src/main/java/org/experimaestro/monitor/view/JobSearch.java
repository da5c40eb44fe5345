package org.experimaestro.monitor.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;

/** A search for the job that a user's text names. */
public final class JobSearch {
    private static final String LISTING = "jobs list";
    private static final int MOST_SHOWN = 5;

    private JobSearch() {}

    /**
     * Finds the job that a text names.
     *
     * @param workspace the workspace, whose jobs are listed now
     * @param text the first digits of the job's identifier, or {@code type/digits}
     * @return the job
     * @throws WorkspaceException if no job or several jobs match; the message suggests jobs
     */
    public static JobFolder find(Workspace workspace, String text) {
        Workspace.Jobs listed = workspace.listJobs();
        return find(
                "the workspace " + workspace,
                listed.found(),
                listed.problems().stream().map(Throwable::getMessage).toList(),
                text,
                experiments(workspace),
                LISTING,
                Optional.of(workspace));
    }

    /**
     * Finds the job that a text names in a view.
     *
     * @param workspace the workspace of the view
     * @param view the jobs to search
     * @param text the first digits of the job's identifier, or {@code type/digits}
     * @return the job
     * @throws WorkspaceException if no job or several jobs match; the message suggests jobs
     */
    public static JobFolder find(Workspace workspace, JobsView view, String text) {
        return find(
                "the workspace " + workspace,
                view.jobs().stream().map(JobView::folder).toList(),
                view.problems(),
                text,
                view.experiments(),
                LISTING,
                Optional.of(workspace));
    }

    /**
     * Finds the jobs that several texts name in a view. All are looked up before the first is returned, so that an
     * action with a wrong identifier does nothing.
     *
     * @param workspace the workspace of the view
     * @param view the jobs to search
     * @param texts the first digits of identifiers, or {@code type/digits}
     * @return the jobs in the order of the texts, each once
     * @throws WorkspaceException if some texts name no job or several jobs; the message has all of them, and suggests jobs
     */
    public static List<JobFolder> find(Workspace workspace, JobsView view, List<String> texts) {
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        SubjectSearch.findAll(texts, text -> find(workspace, view, text))
                .forEach(job -> jobs.putIfAbsent(job.name(), job));
        return List.copyOf(jobs.values());
    }

    /**
     * Finds the job that a text names, among the jobs of a workspace and those that a run has submitted. A job of the run
     * may have no folder: it waits, or was skipped.
     *
     * @param workspace the workspace, whose jobs are listed now
     * @param run the run
     * @param text the first digits of the job's identifier, or {@code type/digits}
     * @return the job
     * @throws WorkspaceException if no job or several jobs match, with suggestions; or if the run cannot be read
     */
    public static JobFolder find(Workspace workspace, RunFolder run, String text) {
        Workspace.Jobs listed = workspace.listJobs();
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        listed.found().forEach(job -> jobs.put(job.name(), job));
        run.readJobs(job -> jobs.computeIfAbsent(job.name(), name -> workspace.job(job.typeId(), job.id())));
        return find(
                workspace.toString(),
                List.copyOf(jobs.values()),
                listed.problems().stream().map(Throwable::getMessage).toList(),
                text,
                experiments(workspace),
                LISTING,
                Optional.of(workspace));
    }

    /**
     * Finds the job that a text names among the jobs of a plan.
     *
     * @param plan the plan in words, such as {@code the plan of debug.yaml}
     * @param jobs the jobs to search
     * @param text the first digits of the job's identifier, or {@code type/digits}
     * @return the job
     * @throws WorkspaceException if no job or several jobs match; the message suggests jobs
     */
    public static JobFolder find(String plan, List<JobFolder> jobs, String text) {
        return find(plan, jobs, List.of(), text, List.of(), "run-experiment --run-mode dry-run", Optional.empty());
    }

    /**
     * Returns whether a text names stored jobs.
     *
     * @param workspace the workspace, whose jobs are listed now
     * @param text the first digits of a job's identifier, or {@code type/digits}
     * @return true if it names at least one
     */
    public static boolean matches(Workspace workspace, String text) {
        return !starting(workspace.listJobs().found(), prefix(text)).isEmpty();
    }

    /** Returns a text with digits in lower case, because digits may be pasted in upper case; in types the case counts. */
    private static String prefix(String text) {
        String prefix = text.strip();
        int slash = prefix.lastIndexOf('/');
        return prefix.substring(0, slash + 1) + prefix.substring(slash + 1).toLowerCase(Locale.ROOT);
    }

    private static List<String> experiments(Workspace workspace) {
        return workspace.experiments().stream().map(ExperimentFolder::name).toList();
    }

    private static JobFolder find(
            String place,
            List<JobFolder> jobs,
            List<String> problems,
            String text,
            Collection<String> experiments,
            String listing,
            Optional<Workspace> trash) {
        String prefix = prefix(text);
        List<JobFolder> found = starting(jobs, prefix);
        if (found.size() == 1 && !prefix.isEmpty()) {
            return found.get(0);
        }
        String problem = found.isEmpty() || prefix.isEmpty()
                ? "There is no job \"" + text + "\""
                : "\"" + text + "\" is the beginning of " + found.size() + " jobs";
        String unreadable =
                found.isEmpty() ? problems.stream().map(folder -> "; " + folder).collect(Collectors.joining()) : "";
        throw WorkspaceException.of(problem + " in " + place + unreadable)
                .advice(
                        found.isEmpty() && experiments.contains(text)
                                ? "it is an experiment; its jobs are selected by --experiment " + text
                                : trash.filter(workspace -> found.isEmpty() && !prefix.isEmpty())
                                        .flatMap(workspace -> cleaned(workspace, prefix))
                                        .orElseGet(() -> advice(jobs, found, prefix, listing)))
                .build();
    }

    /** Returns how a job comes back that was cleaned; empty if the trash has none like that, or cannot be read. */
    private static Optional<String> cleaned(Workspace workspace, String prefix) {
        try {
            for (TrashEntry entry : new Trash(workspace).entries().reversed()) {
                List<JobFolder> jobs = entry.items().stream()
                        .filter(item -> item.kind() == TrashEntry.Kind.JOB)
                        .map(item -> JobFolder.at(item.path()))
                        .toList();
                List<JobFolder> found = starting(jobs, prefix);
                if (!found.isEmpty()) {
                    return Optional.of(found.getFirst().name()
                            + " was cleaned, and is in the trash; bring it back with: experimaestro trash undo "
                            + entry.name());
                }
            }
        } catch (WorkspaceException unreadable) {
            return Optional.empty(); // the list of the trash reports it
        }
        return Optional.empty();
    }

    private static List<JobFolder> starting(List<JobFolder> jobs, String prefix) {
        int slash = prefix.lastIndexOf('/');
        List<JobFolder> found = new ArrayList<>();
        for (JobFolder job : jobs) {
            boolean typeFits = slash < 0 || job.typeId().equals(prefix.substring(0, slash));
            if (typeFits && job.id().toString().startsWith(prefix.substring(slash + 1))) {
                found.add(job);
            }
        }
        return found;
    }

    private static String advice(List<JobFolder> jobs, List<JobFolder> found, String prefix, String listing) {
        if (prefix.endsWith(".yaml") || prefix.endsWith(".yml")) {
            return "the file of an experiment stands before all identifiers";
        }
        if (jobs.isEmpty()) {
            return "it has no jobs; choose another workspace with --workdir";
        }
        if (!found.isEmpty()) {
            return "give more digits: " + names(found);
        }
        int slash = prefix.lastIndexOf('/');
        for (int end = prefix.length() - 1; end > slash + 1; end--) {
            List<JobFolder> near = starting(jobs, prefix.substring(0, end));
            if (!near.isEmpty()) {
                return "did you mean " + names(near) + "?";
            }
        }
        List<JobFolder> ofNearType = ofNearType(jobs, prefix);
        return ofNearType.isEmpty()
                ? "list the jobs with: experimaestro " + listing
                : "did you mean " + names(ofNearType) + "?";
    }

    /** Returns suggestions for a text that is a type without digits, or that has a mistyped type. */
    private static List<JobFolder> ofNearType(List<JobFolder> jobs, String prefix) {
        int slash = prefix.lastIndexOf('/');
        String type = slash < 0 ? prefix : prefix.substring(0, slash);
        List<String> types =
                jobs.stream().map(JobFolder::typeId).distinct().sorted().toList();
        Optional<String> near = NearName.find(type, types);
        if (near.isEmpty() || slash >= 0 && near.get().equals(type)) {
            return List.of();
        }
        List<JobFolder> withDigits = starting(jobs, near.get() + "/" + prefix.substring(slash + 1));
        return slash < 0 || withDigits.isEmpty() ? starting(jobs, near.get() + "/") : withDigits;
    }

    private static String names(List<JobFolder> jobs) {
        ShortIdentifiers shortened =
                new ShortIdentifiers(jobs.stream().map(JobFolder::id).toList());
        String names = jobs.stream()
                .limit(MOST_SHOWN)
                .map(job -> job.typeId() + "/" + shortened.of(job.id()))
                .collect(Collectors.joining(", "));
        return jobs.size() > MOST_SHOWN ? names + ", …" : names;
    }
}
