package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.spi.RefusedException;

/** A reader of squeue(1) with {@value #FORMAT} and {@code -r}, for the owners and names of jobs. */
final class OwnerReader {
    /** The columns for each job, for {@code -O}. A name that is longer than its column is cut. */
    static final String FORMAT = "JobArrayID:40,UserID:12,UserName:60,Name:250";

    /** The prefix of the line with this user's own number. */
    static final String USER = "user=";

    private static final int OWNER = 40;
    private static final int OWNER_NAME = OWNER + 12;
    private static final int NAME = OWNER_NAME + 60;
    private static final int NAME_LENGTH = 250;

    private OwnerReader() {}

    /**
     * Returns the jobs that may be cancelled.
     *
     * @param output the output of squeue; lines that are not jobs are ignored
     * @param name the name that the jobs must have
     * @param jobIds the jobs that were queried
     * @return the jobs in the output; the others have ended
     * @throws RefusedException if a job is not this user's, or has another name
     */
    static List<SlurmJobId> own(String output, String name, List<SlurmJobId> jobIds) throws RefusedException {
        String expected = name.substring(0, Math.min(name.length(), NAME_LENGTH));
        String user = "";
        Map<String, String> lines = new HashMap<>();
        for (String line : output.split("\\R")) {
            if (user.isEmpty() && line.startsWith(USER)) {
                user = line.substring(USER.length()).strip();
            } else {
                SqueueReader.id(line).ifPresent(id -> lines.putIfAbsent(id, line));
            }
        }
        List<SlurmJobId> own = new ArrayList<>();
        for (SlurmJobId jobId : jobIds) {
            String line = lines.get(jobId.id());
            if (line == null) {
                continue;
            }
            String found = SqueueReader.column(line, NAME, NAME + NAME_LENGTH);
            if (user.isEmpty()
                    || !SqueueReader.column(line, OWNER, OWNER_NAME).equals(user)
                    || !found.equals(expected)) {
                throw new RefusedException("Slurm's job " + jobId + " is \"" + found + "\" of "
                        + SqueueReader.column(line, OWNER_NAME, NAME) + ", and not " + name
                        + " of this user: nothing was cancelled");
            }
            own.add(jobId);
        }
        return own;
    }
}
