package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.Program;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.type.TypeDescriptors;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a training run: it runs a job whose task has a parameter of each kind, so that the JVM can record
 * which of our classes a job needs (JEP 514). Not for users.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Runs a small job in a folder that can be deleted afterwards.
     *
     * @param arguments the folder
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        TypeDescriptor.registerIfAbsent(new PartType());
        TypeDescriptor.registerIfAbsent(new PracticeType());
        BuilderState<Part> part = BuilderState.of(TypeDescriptors.of(Part.class));
        part.set(0, 0.5);
        BuilderState<Practice> practice = BuilderState.of(TypeDescriptors.of(Practice.class));
        practice.set(0, part.build());
        practice.set(1, 3);
        practice.set(2, "text");
        practice.set(3, List.of(1, 2));
        practice.set(4, true);
        practice.set(5, Path.of("data"));
        ConfigNode<?> task = (ConfigNode<?>) Node.of(practice.build());

        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        JobFolder job = workspace.job(task.descriptor().typeId(), task.id());
        job.write(ConfigurationWriter.write(task, workspace.root(), job.pathToWorkspace()), "");
        if (job.claim(ProcessIdentity.current(), "rehearsal") instanceof Claim.Granted granted) {
            JobMain.run(job, granted.attempt().number());
        }
    }

    /** A configuration inside another. */
    record Part(double rate) implements Configurable {}

    /** A task with parameters of the common kinds. */
    record Practice(Part part, int count, String name, List<Integer> sizes, boolean flag, Path data, Path output)
            implements SelfTask<Practice> {
        @Override
        public void execute(TaskContext context) throws IOException, InterruptedException {
            context.run(Program.of("true").parameters(this));
            context.progress(0.5, "rehearsing");
            context.metric("rate", part.rate());
            for (int size : context.track(sizes, "size")) {
                context.throwIfCancelled();
                context.metric("size", size, count);
            }
            Files.createFile(output);
        }

        @Override
        public Practice outputs(Dependency dep) {
            return dep.on(this);
        }
    }

    private static final class PartType extends TypeDescriptor<Part> {
        PartType() {
            super(
                    "experimaestro.part",
                    1,
                    Part.class,
                    Parameter.of("rate", ValueType.DOUBLE).withDefault(0.1));
        }

        @Override
        public Part construct(@Nullable Object[] arguments) {
            return new Part((Double) Objects.requireNonNull(arguments[0]));
        }

        @Override
        public Object read(Part value, int index) {
            return value.rate();
        }
    }

    private static final class PracticeType extends TypeDescriptor<Practice> {
        PracticeType() {
            super(
                    "experimaestro.practice",
                    1,
                    Practice.class,
                    Parameter.of("part", ValueType.config(Part.class)),
                    Parameter.of("count", ValueType.INT).withDefault(1),
                    Parameter.of("name", ValueType.STRING),
                    Parameter.of("sizes", ValueType.list(ValueType.INT)),
                    Parameter.of("flag", ValueType.BOOLEAN).withMeta(),
                    Parameter.of("data", ValueType.PATH),
                    Parameter.of("output", ValueType.PATH).withGeneratedPath("output"));
        }

        @Override
        @SuppressWarnings("unchecked") // the elements were checked when the parameters were bound
        public Practice construct(@Nullable Object[] arguments) {
            Object[] all = new Object[arguments.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = Objects.requireNonNull(arguments[i]);
            }
            return new Practice(
                    (Part) all[0],
                    (Integer) all[1],
                    (String) all[2],
                    (List<Integer>) all[3],
                    (Boolean) all[4],
                    (Path) all[5],
                    (Path) all[6]);
        }

        @Override
        public Object read(Practice value, int index) {
            return switch (index) {
                case 0 -> value.part();
                case 1 -> value.count();
                case 2 -> value.name();
                case 3 -> value.sizes();
                case 4 -> value.flag();
                case 5 -> value.data();
                default -> value.output();
            };
        }
    }
}
