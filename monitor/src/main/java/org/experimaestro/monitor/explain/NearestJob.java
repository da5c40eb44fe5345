package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Compares a job with others of its workspace, and finds the one that differs least. Reads the parameters of all jobs of
 * the type. Confined to one thread.
 */
public final class NearestJob {
    private final Workspace workspace;
    private final JobFolder job;
    private final Explanation explanation;
    private final Map<String, Optional<Explanation>> producers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Another job.
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
     * Compares with one job.
     *
     * @param workspace where the others are
     * @param job the job
     * @param explanation its parameters
     */
    public NearestJob(Workspace workspace, JobFolder job, Explanation explanation) {
        this.workspace = workspace;
        this.job = job;
        this.explanation = explanation;
    }

    /**
     * The nearest other job of the same type: the one with the fewest parameters that differ and count.
     *
     * @return the first in the order of identifiers among equals; empty if the job is the only one of its type
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
     * Compares with a job.
     *
     * @param other the other job, of whatever type
     * @return the parameters that differ
     * @throws WorkspaceException if the other job's parameters cannot be read
     */
    public Other compare(JobFolder other) {
        Other compared = compare(Explanation.of(other, explanation.types()), other);
        return compared.distance() == 0 && !other.id().equals(job.id())
                // What the types are now does not tell them apart, so one type must have been another one.
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
            return Optional.of(Explanation.of(folder, explanation.types()));
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What could not be read, and was left out.
     *
     * @return a sentence for each
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
