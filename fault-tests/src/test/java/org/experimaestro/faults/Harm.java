package org.experimaestro.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.disturbance.DisturbedDefaultProvider;

/**
 * The trouble in the world of a plan and its jobs: lies of the file system, a crash at an operation, another host, limits of
 * the system. Immutable.
 */
final class Harm {
    private final Map<String, String> properties;
    private final List<String> wrapper;
    private final Map<String, String> variables;

    private Harm(Map<String, String> properties, List<String> wrapper, Map<String, String> variables) {
        this.properties = properties;
        this.wrapper = wrapper;
        this.variables = variables;
    }

    /** Nothing. */
    static Harm none() {
        return new Harm(Map.of(), List.of(), Map.of());
    }

    /** Lies of the file system, see {@link Lie}. */
    Harm lies(long seed, Lie... lies) {
        List<String> names = new ArrayList<>();
        for (Lie lie : lies) {
            names.add(lie.name());
        }
        return with(LyingFiles.LIES, String.join(" ", names)).with(LyingFiles.SEED, Long.toString(seed));
    }

    /** The process of the plan, or of each second attempt at a job, is gone at its N-th operation in the workspace. */
    Harm crash(boolean plan, int operation) {
        return with(LyingFiles.CRASH, Integer.toString(operation)).with(LyingFiles.CRASHING, plan ? "plan" : "job");
    }

    /** The processes run on another host, as far as their files tell. */
    Harm host(String name) {
        return with(LyingFiles.HOST, name);
    }

    /** The plan is started by another command, which starts it in the end. */
    Harm wrapper(String... words) {
        return new Harm(properties, List.of(words), variables);
    }

    private Harm with(String property, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(property, value);
        return new Harm(more, wrapper, variables);
    }

    List<String> wrapper() {
        return wrapper;
    }

    /** The variables of the plan's process, which its jobs have, too. */
    Map<String, String> variables(Site site, String options) {
        if (properties.isEmpty()) {
            return Map.of();
        }
        StringBuilder all = new StringBuilder(options)
                .append(" -Djava.nio.file.spi.DefaultFileSystemProvider=")
                .append(DisturbedDefaultProvider.class.getName())
                .append(" -D" + DisturbedDefaultProvider.PROPERTY + "=")
                .append(LyingFiles.class.getName())
                .append(" -D" + LyingFiles.ROOT + "=")
                .append(site.workspace());
        properties.forEach((name, value) ->
                all.append(" \"-D").append(name).append('=').append(value).append('"'));
        return Map.of("JDK_JAVA_OPTIONS", all.toString());
    }
}
