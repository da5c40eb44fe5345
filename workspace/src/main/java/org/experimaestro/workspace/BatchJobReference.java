package org.experimaestro.workspace;

import java.time.Instant;
import java.util.Map;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * A reference to the job of a batch system for an attempt. The batch system starts the attempt's process later. From
 * the submission on, only the batch system can tell whether the attempt is over.
 *
 * @param launcher the launcher's name in the launcher file
 * @param type the launcher's type, such as {@code slurm}
 * @param jobId the batch system's name of the job, such as {@code 1234_5}
 * @param log the file, on the launcher's host, into which the batch system writes its own messages
 * @param since the time of the submission
 * @param name the job's name in the batch system; empty if it is the job's type
 */
public record BatchJobReference(String launcher, String type, String jobId, String log, Instant since, String name) {

    private static final String JOB = "job";
    private static final String NAME = "name";

    /**
     * Creates a reference to a job whose name is its type.
     *
     * @param launcher the launcher's name in the launcher file
     * @param type the launcher's type, such as {@code slurm}
     * @param jobId the batch system's identifier of the job
     * @param log the file, on the launcher's host, into which the batch system writes its own messages
     * @param since the time of the submission
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
     * Reads a reference. The file names its job, so that a file that was moved from another job's folder is refused.
     *
     * @throws IllegalArgumentException if it is the file of another job
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

    /** Returns the launcher's name and the job id. */
    @Override
    public String toString() {
        return launcher + " " + jobId;
    }
}
