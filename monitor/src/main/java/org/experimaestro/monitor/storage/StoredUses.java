package org.experimaestro.monitor.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.workspace.JobFolder;

/**
 * The names of jobs in the parameter files of other jobs. The file of a job is read once, because a job with other
 * parameters is another job. Thread-safe.
 */
public final class StoredUses {
    /** The name of a job, as it is in a member {@code producer} and in a path below the folder of all jobs. */
    private static final Pattern NAME = Pattern.compile("(?<=[\"/])([^\"/\\\\\\s]+/[0-9a-f]{32})(?=[\"/])");

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    /** Creates names of which none is known. */
    public StoredUses() {}

    /** Returns the names in the parameters of a job; empty if the file is not there yet, or cannot be read. */
    List<String> of(JobFolder job) {
        List<String> names = known.get(job.name());
        return names == null ? read(job) : names;
    }

    private List<String> read(JobFolder job) {
        try {
            byte[] parameters = BoundedFile.read(job.parametersFile(), JsonFile.LARGE_BYTES);
            List<String> names = NAME.matcher(new String(parameters, StandardCharsets.UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            known.put(job.name(), names);
            return names;
        } catch (IOException unreadable) {
            return List.of(); // the job was not prepared yet, or is shown as corrupt
        }
    }
}
