package org.experimaestro.workspace;

import java.time.Instant;
import java.util.Map;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * That an attempt was handed to a batch system, which starts its process in its own time. From then on the batch system
 * alone knows whether the attempt is over.
 *
 * @param launcher the launcher's name in the launcher file
 * @param type the launcher's type, such as {@code slurm}
 * @param jobId the batch system's name of the job
 * @param log where, on the launcher's host, the batch system writes what it says itself
 * @param since when the job was handed over
 * @param name what the batch system shows as the job's name; empty if it is the job's type
 */
public record BatchJobReference(String launcher, String type, String jobId, String log, Instant since, String name) {

    private static final String JOB = "job";
    private static final String NAME = "name";

    /**
     * A reference to a job that is called after its type.
     *
     * @param launcher the launcher's name in the launcher file
     * @param type the launcher's type, such as {@code slurm}
     * @param jobId the batch system's name of the job
     * @param log where, on the launcher's host, the batch system writes what it says itself
     * @param since when the job was handed over
     */
    public BatchJobReference(String launcher, String type, String jobId, String log, Instant since) {
        this(launcher, type, jobId, log, since, "");
    }

    Map<String, Object> toJson(JobFolder job) {
        Map<String, Object> json = StoredFiles.begin();
        json.put(JOB, job.name());
        json.put("launcher", launcher);
        json.put("type", type);
        json.put("handle", jobId);
        if (!name.isEmpty()) {
            json.put(NAME, name);
        }
        json.put("log", log);
        json.put("since", TimeText.of(since.toEpochMilli()));
        return json;
    }

    /**
     * Reads a handover. It names its job, so that one which was moved to another job is not taken for that of the other.
     *
     * @throws IllegalArgumentException if it is another job's
     */
    static BatchJobReference fromJson(JsonObject json, JobFolder job) {
        if (json.has(JOB) && !json.string(JOB).equals(job.name())) {
            throw new IllegalArgumentException("it is the handover of " + json.string(JOB));
        }
        return new BatchJobReference(
                json.string("launcher"),
                json.string("type"),
                json.string("handle"),
                json.string("log"),
                json.time("since"),
                json.has(NAME) ? json.string(NAME) : "");
    }

    /** The launcher's name and the job id. */
    @Override
    public String toString() {
        return launcher + " " + jobId;
    }
}
