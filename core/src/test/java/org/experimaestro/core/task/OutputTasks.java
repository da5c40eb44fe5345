package org.experimaestro.core.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/** Tasks whose outputs a test defines, and their configurations. */
final class OutputTasks {
    private OutputTasks() {}

    interface Part extends Configurable {}

    @ConfigType("out.leaf")
    record Leaf(String name, @Default("0") int seed) implements Part {}

    @ConfigType("out.empty")
    record Empty() implements Part {}

    @ConfigType("out.branch")
    record Branch(List<Part> parts, Map<String, Part> named, Optional<Part> best) implements Part {}

    @ConfigType("out.pair")
    record Pair(Part left, Part right) implements Part {}

    @ConfigType("out.holds-path")
    record HoldsPath(Path path, @Default("[]") List<Path> more) implements Part {}

    /** A configuration with a file in the job's folder. */
    @ConfigType("out.working")
    record Working(
            Optional<Part> inner, @GeneratedPath("work") Path file) implements Part {}

    /** A task whose own path is where those of its configurations are. */
    @ConfigType("out.overlaps")
    record Overlaps(
            Part part, @GeneratedPath("parts/part/work") Path file) implements SelfTask<Overlaps> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** A configuration with a file where another one may be. */
    @ConfigType("out.crosses")
    record Crosses(Part inner, @GeneratedPath("inner/work") Path file) implements Part {}

    /** A configuration whose file is where another one has its folder. */
    @ConfigType("out.covers")
    record Covers(Part inner, @GeneratedPath("inner") Path file) implements Part {}

    @ConfigType("out.model")
    record Model(Part of, Path file) implements Part {}

    /** A task that returns the object of the running test, even if that is not an {@code R}. */
    interface Anything<R> extends Task<R> {
        @Override
        @SuppressWarnings("unchecked")
        default R outputs(Dependency dep) {
            return (R) Flexible.outputs.apply((Flexible) this, dep);
        }
    }

    @ConfigType("out.task")
    record Flexible(
            Part a, Part b, @GeneratedPath("model.bin") Path file) implements Anything<Part>, Part {
        /** Confined to one test at a time. */
        static BiFunction<Flexible, Dependency, Object> outputs = (task, dep) -> task;

        @Override
        public void execute(TaskContext context) {}
    }

    @ConfigType("out.self")
    record Self(
            int number,
            @Default("[]") List<Part> parts,
            @GeneratedPath("self.bin") Path file) implements SelfTask<Self>, Part {
        @Override
        public void execute(TaskContext context) {}
    }

    static <T> Config<T> config(Class<T> type, Object... namesAndValues) {
        var builder = Config.builder(type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    static Config<Leaf> leaf(String name) {
        return config(Leaf.class, "name", name);
    }

    static Config<Pair> pair(Config<?> left, Config<?> right) {
        return config(Pair.class, "left", left, "right", right);
    }
}
