package org.experimaestro.plans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Dependency;
import org.experimaestro.FormerName;
import org.experimaestro.FormerType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Meta;
import org.experimaestro.Partial;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/** The same code before and after types and parameters got other names. */
final class Renames {
    private Renames() {}

    private static void write(TaskContext context, Path file, String text) throws IOException {
        Files.writeString(file, text);
        context.metric("length", text.length());
    }

    /** The names before. */
    static final class Before {
        private Before() {}

        @ConfigType("trial.cog")
        record Cog(int width, @Default("2") int depth) implements Configurable {
            static Config<Cog> small() {
                return Config.builder(Cog.class).set("width", 1).build();
            }
        }

        @ConfigType("trial.brain")
        record Brain(int seed, Path file) implements Configurable {}

        @ConfigType("trial.teach")
        record Teach(
                Cog cog,
                @DefaultFrom("small") Cog spare,
                int seed,
                @Meta int threads,
                @GeneratedPath("out.txt") Path file)
                implements Task<Brain> {
            static Config<Cog> small() {
                return Cog.small();
            }

            @Override
            public Brain outputs(Dependency dep) {
                return dep.on(new Brain(seed, file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "seed " + seed + " width " + cog.width());
            }
        }

        @ConfigType("trial.judge")
        record Judge(Brain brain, @GeneratedPath("out.txt") Path file) implements SelfTask<Judge> {
            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "judged " + Files.readString(brain.file()));
            }
        }

        @ConfigType("trial.sum")
        record Sum(
                Judge judge,
                Path read,
                @GeneratedPath("out.txt") Path file) implements SelfTask<Sum> {
            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "summed " + Files.readString(read));
            }
        }

        @ConfigType("trial.sharing")
        @Partial(value = "states", exclude = "length")
        record Sharing(
                @Group("length") int epochs,

                @GeneratedPath(value = "all", partial = "states")
                Path states,

                @GeneratedPath("out.txt") Path file)
                implements Task<Brain> {
            @Override
            public Brain outputs(Dependency dep) {
                return dep.on(new Brain(epochs, file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "epochs " + epochs);
            }
        }
    }

    /** The names after. */
    static final class After {
        private After() {}

        @ConfigType("trial.layer")
        @FormerType({"trial.older-cog", "trial.cog"})
        record Layer(
                @FormerName("width") int breadth,
                @Default("2") int depth,
                @Default("0") int added) implements Configurable {
            static Config<Layer> small() {
                return Config.builder(Layer.class).set("breadth", 1).build();
            }
        }

        @ConfigType("trial.model")
        @FormerType("trial.brain")
        record Model(@FormerName("seed") int start, Path file) implements Configurable {}

        @ConfigType("trial.train")
        @FormerType("trial.teach")
        record Train(
                @FormerName("cog") Layer layer,
                @DefaultFrom("small") Layer spare,
                @FormerName("seed") int start,
                @Meta @FormerName("threads") int workers,
                @GeneratedPath("out.txt") Path file)
                implements Task<Model> {
            static Config<Layer> small() {
                return Layer.small();
            }

            @Override
            public Model outputs(Dependency dep) {
                return dep.on(new Model(start, file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "start " + start + " breadth " + layer.breadth());
            }
        }

        @ConfigType("trial.judge")
        record Judge(
                @FormerName("brain") Model model,
                @GeneratedPath("out.txt") Path file) implements SelfTask<Judge> {
            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "judged " + Files.readString(model.file()));
            }
        }

        @ConfigType("trial.sum")
        record Sum(
                Judge judge,
                Path read,
                @GeneratedPath("out.txt") Path file) implements SelfTask<Sum> {
            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "summed " + Files.readString(read));
            }
        }

        @ConfigType("trial.shared")
        @FormerType("trial.sharing")
        @Partial(value = "states", exclude = "length")
        record Shared(
                @Group("length") int epochs,

                @GeneratedPath(value = "all", partial = "states")
                Path states,

                @GeneratedPath("out.txt") Path file)
                implements Task<Model> {
            @Override
            public Model outputs(Dependency dep) {
                return dep.on(new Model(epochs, file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                write(context, file, "epochs " + epochs);
            }
        }
    }

    /** A task that was renamed twice, and has forgotten its first name. */
    @ConfigType("trial.coach")
    @FormerType("trial.train")
    record Coach(
            After.Layer layer,
            int start,
            @GeneratedPath("out.txt") Path file) implements SelfTask<Coach> {
        @Override
        public void execute(TaskContext context) throws IOException {
            write(context, file, "coached");
        }
    }

    /** A renamed type, whose default has changed as well. */
    @ConfigType("trial.layer")
    @FormerType("trial.cog")
    record ChangedLayer(
            @FormerName("width") int breadth, @Default("3") int depth) implements Configurable {
        static Config<ChangedLayer> small() {
            return Config.builder(ChangedLayer.class).set("breadth", 1).build();
        }
    }

    /** A task with that type. */
    @ConfigType("trial.train")
    @FormerType("trial.teach")
    record ChangedTrain(
            @FormerName("cog") ChangedLayer layer,
            @DefaultFrom("small") ChangedLayer spare,
            @FormerName("seed") int start,
            @Meta @FormerName("threads") int workers,
            @GeneratedPath("out.txt") Path file)
            implements SelfTask<ChangedTrain> {
        static Config<ChangedLayer> small() {
            return ChangedLayer.small();
        }

        @Override
        public void execute(TaskContext context) throws IOException {
            write(context, file, "changed");
        }
    }

    /** A task whose former type id is that of another task. */
    @ConfigType("trial.other")
    @FormerType("trial.step")
    record Ambiguous() implements SelfTask<Ambiguous> {
        @Override
        public void execute(TaskContext context) {}
    }
}
