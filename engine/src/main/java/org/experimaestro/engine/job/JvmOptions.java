package org.experimaestro.engine.job;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.spi.Placement;

/** The options of a job's JVM that come from its requirement. */
public final class JvmOptions {
    private static final int KIB = 1024;

    private JvmOptions() {}

    /**
     * The options: the largest heap, and the number of processors that the JVM sizes its thread pools by.
     *
     * @param placement what the job was given
     * @return empty if nothing was asked for
     */
    public static List<String> of(Placement placement) {
        List<String> options = new ArrayList<>();
        placement.heap().ifPresent(bytes -> options.add("-Xmx" + bytes / KIB + "k"));
        if (placement.resources().cores() > 0) {
            options.add("-XX:ActiveProcessorCount=" + placement.resources().cores());
        }
        return options;
    }
}
