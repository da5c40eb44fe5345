package org.experimaestro.workspace;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the process of a worker has used since the end of the task before: differences of what {@link
 * ProcessUse} reads. A task may take less than a millisecond, so the files of Linux stay open, and are read only if they may
 * have changed. Thread-safe.
 *
 * <p>The code is on the path of a job: without lambdas and streams.
 */
public final class WorkerUse {
    private static final int MOST_BYTES = 8192;

    /** The text that resets the largest memory of the process: see {@code /proc/pid/clear_refs} in proc(5). */
    private static final byte[] RESET = {'5', '\n'};

    /** The number of readings of the collectors' times between two searches for them. */
    private static final int GC_READS = 50;

    private static final double MILLIS_PER_SECOND = 1000.0;
    private static final String REAPER = "process reaper";

    private final @Nullable RandomAccessFile stat;
    private final @Nullable RandomAccessFile status;
    private @Nullable FileOutputStream reset;
    private final byte[] buffer = new byte[MOST_BYTES];

    private double cpuBefore;
    private double cpuSeen;
    private double gcBefore;
    private double gcSeen;
    private final List<RandomAccessFile> collectors = new ArrayList<>();
    private int gcReads;

    /** Opens the files, and counts from now on. */
    public WorkerUse() {
        this.stat = open("/proc/self/stat");
        this.status = open("/proc/self/status");
        this.reset = openReset();
        cpuBefore = cpu();
        cpuSeen = cpuBefore;
        gcBefore = gc();
        gcSeen = gcBefore;
    }

    // Not channels: an interrupted task that measures would close them.
    private static @Nullable RandomAccessFile open(String file) {
        try {
            return new RandomAccessFile(file, "r");
        } catch (IOException otherSystem) {
            return null;
        }
    }

    private static @Nullable FileOutputStream openReset() {
        try {
            return new FileOutputStream("/proc/self/clear_refs");
        } catch (IOException otherSystem) {
            return null;
        }
    }

    /** Begins a task: what was used before is not its own. The largest memory becomes the present one, where that works. */
    public synchronized void begin() {
        cpuBefore = cpuSeen;
        gcBefore = gcSeen;
        FileOutputStream out = reset;
        if (out != null) {
            try {
                out.write(RESET);
            } catch (IOException refused) {
                reset = null; // such as by a container; the memory is the worker's largest then
            }
        }
    }

    /**
     * Measures the present task.
     *
     * @param startedMillis the begin of the task, in milliseconds since 1970
     * @param childMemoryBytes the largest memory of the processes that it has started, in bytes; 0 if none was seen
     * @return the resources used so far, without the energy
     */
    public synchronized ResourceUse since(long startedMillis, long childMemoryBytes) {
        double wall = Math.max(0, System.currentTimeMillis() - startedMillis) / MILLIS_PER_SECOND;
        double cpu = cpu();
        if (cpu != cpuSeen) { // else the collectors, which are a part of it, have taken nothing either
            cpuSeen = cpu;
            gcSeen = gc();
        }
        return new ResourceUse(
                stat == null ? OptionalDouble.empty() : OptionalDouble.of(positive(cpuSeen - cpuBefore)),
                collectors.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(positive(gcSeen - gcBefore)),
                status == null ? OptionalLong.empty() : ProcessUse.memory("VmHWM:", text(status)),
                childMemoryBytes > 0 ? OptionalLong.of(childMemoryBytes) : OptionalLong.empty(),
                wall);
    }

    /** Returns a difference, which the end of a thread can make a little negative; in ticks, which are hundredths. */
    private static double positive(double difference) {
        return Math.max(0, Math.rint(difference * 100) / 100);
    }

    /**
     * Returns the largest memory of the processes that the worker has started and that live, as {@link
     * ProcessUse#childMemory}. Java starts each with a thread that waits for it; without such a thread nothing is read.
     *
     * @return the sum of the bytes; 0 if there are none
     */
    public long childMemory() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        int count = root.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith(REAPER)) {
                return ProcessUse.childMemory();
            }
        }
        return 0;
    }

    /** Returns the time of the threads that collect garbage. The JVM may start more of them, so they are searched again. */
    private double gc() {
        if (gcReads++ % GC_READS == 0) {
            findCollectors();
        }
        double seconds = 0;
        for (RandomAccessFile collector : collectors) {
            String line = text(collector);
            seconds += line.isEmpty() ? 0 : ProcessUse.ownSeconds(line);
        }
        return seconds;
    }

    private void findCollectors() {
        for (RandomAccessFile former : collectors) {
            try {
                former.close();
            } catch (IOException unclosed) {
                // It was only read.
            }
        }
        collectors.clear();
        List<String> numbers = ProcessUse.collectors();
        for (int i = 0; i < numbers.size(); i++) {
            RandomAccessFile file = open("/proc/self/task/" + numbers.get(i) + "/stat");
            if (file != null) {
                collectors.add(file);
            }
        }
    }

    private double cpu() {
        String line = stat == null ? "" : text(stat);
        return line.isEmpty() ? 0 : ProcessUse.cpuSeconds(line);
    }

    private String text(RandomAccessFile file) {
        try {
            file.seek(0);
            int length = file.read(buffer, 0, buffer.length);
            return length <= 0 ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
