package org.experimaestro.monitor.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;

/**
 * The uses of results by other jobs, according to the submissions of all runs, and to the parameters of all jobs, which
 * name the jobs that have made their values. Immutable.
 */
public final class JobUses {
    /** The name of a job, as it is in a member {@code producer} and in a path below the folder of all jobs. */
    private static final Pattern NAME = Pattern.compile("(?<=[\"/])([^\"/\\\\\\s]+/[0-9a-f]{32})(?=[\"/])");

    private final Map<String, SortedSet<String>> used = new HashMap<>();
    private final Map<String, SortedSet<String>> users = new HashMap<>();

    private JobUses() {}

    /**
     * Reads the parameters of all jobs of a view.
     *
     * @param view the jobs and runs
     * @return the uses; a job whose parameters cannot be read uses what its submissions say
     */
    public static JobUses of(JobsView view) {
        JobUses uses = new JobUses();
        for (RunView run : view.runs()) {
            for (RunSubmission submission : run.submissions()) {
                submission.dependencies().forEach(dependency -> uses.add(submission.job(), dependency));
            }
        }
        for (JobView job : view.jobs()) {
            uses.read(job.folder());
        }
        return uses;
    }

    private void read(JobFolder job) {
        try {
            byte[] parameters = BoundedFile.read(job.parametersFile(), JsonFile.LARGE_BYTES);
            Matcher names = NAME.matcher(new String(parameters, StandardCharsets.UTF_8));
            while (names.find()) {
                add(job.name(), names.group(1));
            }
        } catch (IOException unreadable) {
            // The job was not prepared yet, or is shown as corrupt.
        }
    }

    private void add(String user, String usedOne) {
        if (!user.equals(usedOne)) {
            used.computeIfAbsent(user, name -> new TreeSet<>()).add(usedOne);
            users.computeIfAbsent(usedOne, name -> new TreeSet<>()).add(user);
        }
    }

    /**
     * Returns the jobs that use the result of a job.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usersOf(String job) {
        return Collections.unmodifiableSortedSet(users.getOrDefault(job, new TreeSet<>()));
    }

    /**
     * Returns the jobs whose results a job uses.
     *
     * @param job the name of the job
     * @return the names of the jobs, sorted; unmodifiable
     */
    public SortedSet<String> usedBy(String job) {
        return Collections.unmodifiableSortedSet(used.getOrDefault(job, new TreeSet<>()));
    }

    /**
     * Adds the jobs that use the results of jobs, at whatever distance.
     *
     * @param jobs the names of jobs
     * @return these names, and those of all jobs that were made from their results, sorted
     */
    public SortedSet<String> withUsers(Collection<String> jobs) {
        return reachable(jobs, users);
    }

    /**
     * Adds the jobs whose results jobs use, at whatever distance.
     *
     * @param jobs the names of jobs
     * @return these names, and those of all jobs from whose results they were made, sorted
     */
    public SortedSet<String> withUsed(Collection<String> jobs) {
        return reachable(jobs, used);
    }

    private static SortedSet<String> reachable(Collection<String> from, Map<String, SortedSet<String>> next) {
        SortedSet<String> found = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(from);
        while (!left.isEmpty()) {
            String job = left.remove();
            if (found.add(job)) {
                left.addAll(next.getOrDefault(job, new TreeSet<>()));
            }
        }
        return found;
    }
}
