package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.spi.RefusedException;

/** Reads what squeue(1) says, with {@value #FORMAT} and {@code -r}, of the owners and names of jobs. */
final class OwnerReader {
    /** What to print of each job, for {@code -O}. A name that is longer than its column is cut. */
    static final String FORMAT = "JobArrayID:40,UserID:12,UserName:60,Name:250";

    /** What the line with this user's own number begins with. */
    static final String USER = "user=";

    private static final int OWNER = 40;
    private static final int OWNER_NAME = OWNER + 12;
    private static final int NAME = OWNER_NAME + 60;
    private static final int NAME_LENGTH = 250;

    private OwnerReader() {}

    /**
     * The jobs that are to be cancelled.
     *
     * @param output what was printed; lines that are no jobs are left out
     * @param name the name that they must have
     * @param handles the jobs that squeue was asked for
     * @return those that it shows; others are over
     * @throws RefusedException if one of them is not this user's, or has another name
     */
    static List<SlurmHandle> own(String output, String name, List<SlurmHandle> handles) throws RefusedException {
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
        List<SlurmHandle> own = new ArrayList<>();
        for (SlurmHandle handle : handles) {
            String line = lines.get(handle.id());
            if (line == null) {
                continue;
            }
            String found = SqueueReader.column(line, NAME, NAME + NAME_LENGTH);
            if (user.isEmpty()
                    || !SqueueReader.column(line, OWNER, OWNER_NAME).equals(user)
                    || !found.equals(expected)) {
                throw new RefusedException("Slurm's job " + handle + " is \"" + found + "\" of "
                        + SqueueReader.column(line, OWNER_NAME, NAME) + ", and not " + name
                        + " of this user: nothing was cancelled");
            }
            own.add(handle);
        }
        return own;
    }
}
