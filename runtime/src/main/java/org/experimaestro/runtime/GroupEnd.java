package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The end of the processes that a task has started and that ignore SIGTERM. When the job is asked to end, a small process
 * waits until the job's process group is empty, and sends SIGKILL to it when the grace time and the time to write the
 * marker of the end are over. A job that does not lead its process group has none: the group may have others' processes, and a batch system ends its jobs itself.
 */
final class GroupEnd {
    private static final Path OWN_STATUS = Path.of("/proc/self/stat");
    /** The position of the process group behind the name of the command (proc(5): pgrp). */
    private static final int GROUP_FIELD = 2;

    /** The time for the job's own process to end after a task that has used up its grace time: TimeLimit gives the same. */
    private static final long SECONDS_AFTER_TASK = 10;

    private GroupEnd() {}

    /** Starts the process that waits. Without a shell, processes that ignore SIGTERM are left. */
    static void start(long graceMillis) {
        long pid = ProcessHandle.current().pid();
        if (!leadsGroup(pid)) {
            return;
        }
        // In a session of its own, else the group would never be empty. Where there is no setsid, the whole time
        // passes.
        String script = """
                trap '' TERM HUP INT
                left=%d
                while [ "$left" -gt 0 ] && kill -s 0 -- -%d 2>/dev/null; do sleep 1; left=$((left - 1)); done
                if [ "$left" -le 0 ]; then kill -s KILL -- -%d; fi
                """.formatted(graceMillis / 1000 + SECONDS_AFTER_TASK, pid, pid);
        if (!tryToStart("setsid", "sh", "-c", script)) {
            tryToStart("sh", "-c", script);
        }
    }

    private static boolean tryToStart(String... command) {
        try {
            new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException noCommand) {
            return false;
        }
    }

    private static boolean leadsGroup(long pid) {
        try {
            String status = Files.readString(OWN_STATUS, StandardCharsets.ISO_8859_1);
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[GROUP_FIELD]) == pid;
        } catch (IOException | RuntimeException unseen) {
            return false;
        }
    }
}
