package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A search for the job that differs least from a given job. It reads the parameters of all jobs of the same type.
 * Confined to one thread.
 */
public final class NearestJob {
    private final Workspace workspace;
    private final JobFolder job;
    private final Explanation explanation;
    private final Function<JobFolder, Optional<Explanation>> planned;
    private final Map<String, Optional<Explanation>> producers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * A job that was compared.
     *
     * @param job the other job
     * @param differences the parameters that differ, in the order of the constructor
     */
    public record Other(JobFolder job, List<Difference> differences) {
        private long distance() {
            return differences.stream().filter(Difference::counts).count();
        }
    }

    /**
     * Creates a search.
     *
     * @param workspace the workspace of the jobs
     * @param job the job
     * @param explanation the explanation of the job
     */
    public NearestJob(Workspace workspace, JobFolder job, Explanation explanation) {
        this(workspace, job, explanation, stored -> Optional.empty());
    }

    /**
     * Creates a search for a job of a plan, whose producers may not be stored.
     *
     * @param workspace the workspace of the other jobs
     * @param job the job
     * @param explanation the explanation of the job
     * @param planned finds the explanation of a job of the plan; empty for a job that is only stored
     */
    public NearestJob(
            Workspace workspace,
            JobFolder job,
            Explanation explanation,
            Function<JobFolder, Optional<Explanation>> planned) {
        this.workspace = workspace;
        this.job = job;
        this.explanation = explanation;
        this.planned = planned;
    }

    /**
     * Finds the nearest other job of the same type, which has the fewest different parameters that count.
     *
     * @return the nearest job; of equally near jobs, the first in the order of the workspace's list; empty if no
     *     other job of the type can be read
     */
    public Optional<Other> find() {
        @Nullable Other nearest = null;
        Workspace.Jobs listed = workspace.listJobs();
        listed.problems().forEach(unreadable -> problems.add(unreadable.getMessage()));
        for (JobFolder candidate : listed.found()) {
            if (!candidate.typeId().equals(job.typeId()) || candidate.id().equals(job.id())) {
                continue;
            }
            try {
                Other other = compare(candidate);
                if (nearest == null || other.distance() < nearest.distance()) {
                    nearest = other;
                }
            } catch (WorkspaceException unreadable) {
                problems.add(unreadable.getMessage());
            }
        }
        return Optional.ofNullable(nearest);
    }

    /**
     * Compares with another job.
     *
     * @param other the other job, of any type
     * @return the parameters that differ
     * @throws WorkspaceException if the other job's parameters cannot be read
     */
    public Other compare(JobFolder other) {
        Other compared = compare(Explanation.of(other, explanation.types()), other);
        return compared.distance() == 0 && !other.id().equals(job.id())
                // The current types show no difference, so a type must have changed: the other job's own types are
                // read.
                ? compare(Explanation.of(other), other)
                : compared;
    }

    private Other compare(Explanation there, JobFolder other) {
        return new Other(other, new Comparison(this::producer).differences(explanation, there));
    }

    private Optional<Explanation> producer(String name) {
        return producers.computeIfAbsent(name, this::readProducer);
    }

    private Optional<Explanation> readProducer(String name) {
        int slash = name.indexOf('/');
        if (slash < 0 || !JobPath.isTypeId(name.substring(0, slash)) || !ConfigId.isValid(name.substring(slash + 1))) {
            problems.add("\"" + name + "\" is not the name of a job");
            return Optional.empty();
        }
        JobFolder folder = workspace.job(name.substring(0, slash), ConfigId.parse(name.substring(slash + 1)));
        try {
            return planned.apply(folder).or(() -> Optional.of(Explanation.of(folder, explanation.types())));
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns the problems with files that could not be read and were left out.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
