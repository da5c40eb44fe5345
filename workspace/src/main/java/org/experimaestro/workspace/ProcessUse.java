package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The times and the memory of processes, as Linux shows them in proc(5). The code is on the path of a job: it has no
 * lambdas and no streams, and loads no classes for management, because a job's end would take longer by them than by all
 * else.
 */
public final class ProcessUse {
    /** The ticks of proc(5) in a second: USER_HZ of times(2), which does not depend on the kernel's own ticks. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of proc_pid_stat(5): the times of the process in user and kernel mode, then those of its children. */
    private static final int OWN_FROM = 14;

    private static final int OWN_TO = 15;
    private static final int WITH_CHILDREN_TO = 17;

    /** Fields of the line {@code cpu} of proc_stat(5). */
    private static final int IDLE = 4;

    private static final int WAITING = 5;
    private static final int LAST_BUSY = 8;

    private static final int KIB = 1024;

    /** The most processes whose memory is added, so that a task with a multitude of processes is not held up. */
    private static final int MOST_PROCESSES = 1_000;

    /**
     * The beginnings of the names of HotSpot's threads that collect garbage: all collectors' workers, G1's, ZGC's,
     * Shenandoah's. The thread {@code VM Thread} is the only one of the serial collector.
     */
    private static final String[] COLLECTORS = {"GC Thread", "G1 ", "VM Thread", "ZWorker", "ZDriver", "Shenandoah"};

    private ProcessUse() {}

    /** Returns the time in the line {@code stat} of a process, with that of the children for which it has waited. */
    static double cpuSeconds(String stat) {
        return seconds(stat, WITH_CHILDREN_TO);
    }

    /**
     * Returns the time of all cores that this process has taken, with that of the processes that it has started, whether
     * they have ended or not.
     *
     * @return seconds; 0 if the system does not show them
     */
    public static double cpuSecondsOfTree() {
        long[] budget = {MOST_PROCESSES};
        return cpuSecondsOfTree("self", budget);
    }

    private static double cpuSecondsOfTree(String process, long[] budget) {
        String stat = ProcFile.line(process + "/stat");
        double seconds = stat.isEmpty() ? 0 : cpuSeconds(stat);
        for (String child : children(process, budget)) {
            seconds += cpuSecondsOfTree(child, budget);
        }
        return seconds;
    }

    /**
     * Returns the time for which the cores of this machine were busy since it was started.
     *
     * @return seconds; 0 if the system does not show them
     */
    public static double cpuSecondsOfMachine() {
        return busySeconds(ProcFile.line("stat"));
    }

    /** Returns the busy time in the line {@code cpu} of proc_stat(5): all but the fields of idling. */
    static double busySeconds(String line) {
        long ticks = 0;
        int field = 0;
        int start = 0;
        while (start < line.length()) {
            int end = line.indexOf(' ', start);
            end = end < 0 ? line.length() : end;
            if (end > start) {
                // The first field is the name; what a guest took is in the time of its user, too.
                if (field > 0 && field <= LAST_BUSY && field != IDLE && field != WAITING) {
                    ticks += Long.parseLong(line, start, end, 10);
                }
                field++;
            }
            start = end + 1;
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double seconds(String stat, int lastField) {
        long ticks = 0;
        for (int field = OWN_FROM; field <= lastField; field++) {
            ticks += ProcFile.field(stat, field);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Returns the time that this JVM's threads for collecting garbage took; empty if the system does not show threads. */
    static OptionalDouble gcSeconds() {
        double seconds = 0;
        boolean isSeen = false;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(ProcFile.FOLDER.resolve("self/task"))) {
            for (Path thread : threads) {
                String stat = ProcFile.line("self/task/" + thread.getFileName() + "/stat");
                if (!stat.isEmpty() && isCollector(stat)) {
                    seconds += seconds(stat, OWN_TO);
                    isSeen = true;
                }
            }
        } catch (IOException | DirectoryIteratorException otherSystem) {
            return OptionalDouble.empty();
        }
        return isSeen ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    /** Returns the numbers of this JVM's threads for collecting garbage; none if the system does not show threads. */
    static List<String> collectors() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(ProcFile.FOLDER.resolve("self/task"))) {
            for (Path thread : threads) {
                String number = thread.getFileName().toString();
                String stat = ProcFile.line("self/task/" + number + "/stat");
                if (!stat.isEmpty() && isCollector(stat)) {
                    found.add(number);
                }
            }
        } catch (IOException | DirectoryIteratorException otherSystem) {
            return found;
        }
        return found;
    }

    /** Returns the time of one thread by its line {@code stat}. */
    static double ownSeconds(String stat) {
        return seconds(stat, OWN_TO);
    }

    /** Returns whether the name in a line {@code stat}, which is in parentheses, is that of a thread of a collector. */
    static boolean isCollector(String stat) {
        int name = stat.indexOf('(') + 1;
        for (String collector : COLLECTORS) {
            if (stat.startsWith(collector, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the largest physical memory that the processes that this process has started, and theirs, have had. Only
     * those that live are seen; of each, its own largest memory counts.
     *
     * @return the sum of the bytes; 0 if there are none, or the system does not show them
     */
    public static long childMemory() {
        long[] budget = {MOST_PROCESSES};
        return childMemory("self", budget);
    }

    private static long childMemory(String process, long[] budget) {
        long bytes = 0;
        for (String child : children(process, budget)) {
            bytes += peakMemory(child).orElse(0) + childMemory(child, budget);
        }
        return bytes;
    }

    /** Returns the numbers of the processes that a process has started and that live, as many as the budget has left. */
    private static List<String> children(String process, long[] budget) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(ProcFile.FOLDER.resolve(process).resolve("task"))) {
            for (Path thread : threads) {
                // Each thread has the children that it has started (proc_pid_task(5)).
                String children = ProcFile.line(process + "/task/" + thread.getFileName() + "/children");
                int start = 0;
                for (int end = children.indexOf(' ');
                        end > start && budget[0] > 0;
                        end = children.indexOf(' ', start)) {
                    budget[0]--;
                    found.add(children.substring(start, end));
                    start = end + 1;
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return found; // the process has ended meanwhile, or the system is another one
        }
        return found;
    }

    /**
     * Returns the physical memory that a process has now.
     *
     * @param pid its number
     * @return the bytes; empty if there is no such process, or the system does not show it
     */
    public static OptionalLong memoryNow(long pid) {
        return memory("VmRSS:", ProcFile.text(pid + "/status"));
    }

    /** Returns the largest physical memory of a process; empty if there is none, or the system does not show it. */
    static OptionalLong peakMemory(String process) {
        return memory("VmHWM:", ProcFile.text(process + "/status"));
    }

    /** Returns the bytes in a line such as {@code VmHWM: 12345 kB} of proc_pid_status(5); empty if there is none. */
    static OptionalLong memory(String name, String status) {
        int start = status.indexOf(name);
        int end = status.indexOf(" kB", start);
        if (start < 0 || end < 0) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(KIB
                    * Long.parseLong(
                            status.substring(start + name.length(), end).strip()));
        } catch (NumberFormatException otherSystem) {
            return OptionalLong.empty();
        }
    }
}
