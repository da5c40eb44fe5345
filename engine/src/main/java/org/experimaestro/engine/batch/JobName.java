package org.experimaestro.engine.batch;

import java.util.List;
import org.experimaestro.spi.JobOption;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;

/** The name of a job in a batch system: letters, digits, and {@code - _ .}. */
public final class JobName {
    /** The template of launchers without one. */
    public static final String DEFAULT = "{experiment}-{type}-{id}";

    private static final int ID_DIGITS = 8;

    private JobName() {}

    /**
     * Fills the experiment into a template.
     *
     * @param template a value of {@link JobOption#JOB_NAME}
     * @param experiment the experiment's name
     * @return the template for the jobs of the experiment
     */
    public static String template(String template, String experiment) {
        return template.replace("{experiment}", clean(experiment));
    }

    /** Returns the name of the jobs of a batch; that of an array has their number in place of an identifier. */
    static String of(List<Submission> jobs) {
        JobFolder first = jobs.getFirst().attempt().job();
        String id = jobs.size() == 1 ? first.id().toString().substring(0, ID_DIGITS) : jobs.size() + "jobs";
        return JobOption.JOB_NAME
                .of(jobs.getFirst().spec().placement())
                .map(template -> template.replace("{type}", type(first)).replace("{id}", id))
                .orElseGet(() -> type(first));
    }

    /**
     * Returns the name that a submitted job must have. The reference is a file that others may have written: a name
     * without the job's type would be that of another job.
     */
    static String of(JobFolder job, BatchJobReference reference) {
        return reference.name().contains(type(job)) ? reference.name() : type(job);
    }

    /** Returns the type of a job, as it is in its name. */
    static String type(JobFolder job) {
        return clean(job.typeId());
    }

    private static String clean(String text) {
        return text.replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
