package org.experimaestro.launcher.contract;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/**
 * Makes batches for tests: one job called {@code learn}, whose body does nothing, with the log {@code /scratch/ws/learn},
 * and what a test adds. Confined to one thread.
 */
public final class BatchBuilder {
    private int size = 1;
    private String body = "exec true\n";
    private String log = "/scratch/ws/learn";
    private final Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder();
    private final List<String> directives = new ArrayList<>();
    private final List<String> after = new ArrayList<>();

    /** Creates a builder of the batch described above. */
    public BatchBuilder() {}

    /**
     * Sets the number of jobs.
     *
     * @param value at least 1
     * @return this
     */
    public BatchBuilder size(int value) {
        size = value;
        return this;
    }

    /**
     * Sets the commands of each job.
     *
     * @param value lines for {@code sh}
     * @return this
     */
    public BatchBuilder body(String value) {
        body = value;
        return this;
    }

    /**
     * Sets the log, without its end.
     *
     * @param value an absolute path
     * @return this
     */
    public BatchBuilder log(String value) {
        log = value;
        return this;
    }

    /**
     * Sets the resources of each job.
     *
     * @param value cores, memory, accelerators, duration
     * @return this
     */
    public BatchBuilder resources(Resources value) {
        placement.resources(value);
        return this;
    }

    /**
     * Sets the partition, or queue.
     *
     * @param value its name
     * @return this
     */
    public BatchBuilder partition(String value) {
        placement.partition(value);
        return this;
    }

    /**
     * Sets an option of the launcher's type.
     *
     * @param key its name
     * @param value its value
     * @return this
     */
    public BatchBuilder option(String key, String value) {
        placement.option(key, value);
        return this;
    }

    /**
     * Adds a directive.
     *
     * @param value a line, without the prefix of the batch system
     * @return this
     */
    public BatchBuilder directive(String value) {
        directives.add(value);
        return this;
    }

    /**
     * Adds jobs that the batch waits for.
     *
     * @param jobs what the batch system calls them
     * @return this
     */
    public BatchBuilder after(String... jobs) {
        after.addAll(List.of(jobs));
        return this;
    }

    /**
     * Returns the batch.
     *
     * @return a new batch
     */
    public Batch batch() {
        return Batch.of("learn", body, log, placement.directives(directives).build())
                .size(size)
                .after(after);
    }
}
