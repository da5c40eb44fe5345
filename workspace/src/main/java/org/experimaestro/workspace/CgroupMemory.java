package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The largest memory of the control group of a job (cgroups(7)), as its kernel counts it: that of all processes, seen or not,
 * with shared memory once, and with the contents of files that the kernel keeps for them. A limit of the memory applies to
 * this amount. It is told only if the group was made for the job: by Slurm for a step, by PBS for a job, or by
 * systemd-run(1), and if only processes of the job are in it. Those that were in it before, and have ended, leave no trace but
 * their memory.
 *
 * <p>The code is on the path of a job's end: it has no lambdas, no streams and no regular expressions.
 */
public final class CgroupMemory {
    private static final int MOST_PROCESSES = 1_000;
    private static final int MOST_GROUPS = 100;
    private static final int PARENT = 4;
    private static final int GROUP = 5;

    /** The largest memory in version 2 (kernel documentation, admin-guide/cgroup-v2), and in version 1. */
    private static final String PEAK = "memory.peak";

    private static final String PEAK_OF_FIRST_VERSION = "memory.max_usage_in_bytes";
    private static final String MEMBERS = "cgroup.procs";

    private final Path processes;
    private final Path groups;
    private final @Nullable String slurmJob;
    private final @Nullable String pbsJob;

    /** Creates an object for the group of this process. */
    public CgroupMemory() {
        this(ProcFile.FOLDER, Path.of("/sys/fs/cgroup"), System.getenv("SLURM_JOB_ID"), System.getenv("PBS_JOBID"));
    }

    /**
     * Creates an object for other folders.
     *
     * @param processes the folder of proc(5)
     * @param groups the folder where groups are mounted
     * @param slurmJob the number of the job of Slurm, if any
     * @param pbsJob the number of the job of PBS, if any
     */
    CgroupMemory(Path processes, Path groups, @Nullable String slurmJob, @Nullable String pbsJob) {
        this.processes = processes;
        this.groups = groups;
        this.slurmJob = slurmJob;
        this.pbsJob = pbsJob;
    }

    /**
     * Returns the largest memory of the group.
     *
     * @return bytes; empty if the job has no group to itself, or the system does not tell
     */
    public OptionalLong peak() {
        String text = text(processes.resolve("self/cgroup"));
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            OptionalLong found = peak(text.substring(start, end));
            if (found.isPresent()) {
                return found;
            }
            start = end + 1;
        }
        return OptionalLong.empty();
    }

    /** Returns the memory of a group from a line {@code NUMBER:CONTROLLERS:PATH}; those of version 2 have no controllers. */
    private OptionalLong peak(String line) {
        int first = line.indexOf(':');
        int second = line.indexOf(':', first + 1);
        if (first < 0 || second < 0) {
            return OptionalLong.empty();
        }
        String controllers = line.substring(first + 1, second);
        String path = line.substring(second + 1);
        boolean isSecondVersion = controllers.isEmpty();
        if (!isSecondVersion && !("," + controllers + ",").contains(",memory,")) {
            return OptionalLong.empty();
        }
        int own = endOfOwn(path);
        if (own < 0) {
            return OptionalLong.empty();
        }
        Path mounted = isSecondVersion ? groups : groups.resolve("memory");
        // A task of a step has a group below that of the step, where the memory need not be counted.
        for (int end = path.length(); end >= own; end = path.lastIndexOf('/', end - 1)) {
            Path group = mounted.resolve(path.substring(1, end));
            OptionalLong bytes = number(text(group.resolve(isSecondVersion ? PEAK : PEAK_OF_FIRST_VERSION)));
            if (bytes.isPresent()) {
                return isAlone(group) ? bytes : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Returns the end of the part of a path that is the group of the job alone.
     *
     * @return an index; -1 if the group was made for something else
     */
    private int endOfOwn(String path) {
        if (slurmJob != null) {
            int job = path.indexOf("/job_" + slurmJob + "/step_");
            return job < 0 ? -1 : endOfName(path, path.indexOf("/step_", job) + 1);
        }
        if (pbsJob != null) {
            int job = path.indexOf("/" + pbsJob);
            int end = job < 0 ? -1 : endOfName(path, job + 1);
            return end == job + 1 + pbsJob.length() ? end : -1;
        }
        int name = path.lastIndexOf('/') + 1;
        boolean isRun = path.startsWith("run-", name) && (path.endsWith(".scope") || path.endsWith(".service"));
        return isRun ? path.length() : -1;
    }

    private static int endOfName(String path, int start) {
        int end = path.indexOf('/', start);
        return end < 0 ? path.length() : end;
    }

    /**
     * Returns whether no other program is in a group, or below it: another job, or the plan, if a user has started it in a
     * group of its own. The small shell that ends a job after its time, and the daemon of a step of Slurm, do not count.
     */
    private boolean isAlone(Path group) {
        Set<String> known = new HashSet<>();
        int[] budget = {MOST_PROCESSES, MOST_GROUPS};
        String stat = line("self/stat");
        if (stat.isEmpty()) {
            return false;
        }
        String self = stat.substring(0, stat.indexOf(' '));
        known.add(self);
        return isAlone(group, self, ProcFile.field(stat, GROUP), known, budget);
    }

    private boolean isAlone(Path group, String self, long processGroup, Set<String> known, int[] budget) {
        String members = text(group.resolve(MEMBERS));
        int start = 0;
        while (start < members.length()) {
            int end = members.indexOf('\n', start);
            end = end < 0 ? members.length() : end;
            if (budget[0]-- <= 0 || !isOurs(members.substring(start, end), self, processGroup, known)) {
                return false;
            }
            start = end + 1;
        }
        try (DirectoryStream<Path> below = Files.newDirectoryStream(group)) {
            for (Path each : below) {
                if (Files.isDirectory(each)
                        && (budget[1]-- <= 0 || !isAlone(each, self, processGroup, known, budget))) {
                    return false;
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return false;
        }
        return true;
    }

    /** Returns whether a process is this one, one that it has started, or one of its launcher; or gone. */
    private boolean isOurs(String pid, String self, long processGroup, Set<String> known) {
        String stat = line(pid + "/stat");
        int name = stat.indexOf('(') + 1;
        if (stat.isEmpty() || pid.equals(self) || stat.startsWith("slurmstepd", name)) {
            return true;
        }
        if (ProcFile.field(stat, GROUP) == processGroup && !stat.startsWith("java)", name)) {
            return true;
        }
        // Its parents lead to this process, or to the first process of the system.
        String parent = Long.toString(ProcFile.field(stat, PARENT));
        int steps = 0;
        while (!known.contains(parent)) {
            String above = line(parent + "/stat");
            if (above.isEmpty() || steps++ > MOST_GROUPS) {
                return false;
            }
            parent = Long.toString(ProcFile.field(above, PARENT));
        }
        known.add(pid);
        return true;
    }

    private String line(String name) {
        String text = text(processes.resolve(name));
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
