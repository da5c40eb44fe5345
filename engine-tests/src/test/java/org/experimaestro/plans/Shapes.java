package org.experimaestro.plans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.FormerShape;
import org.experimaestro.FormerType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/** The same code before and after its types got other parameters. */
final class Shapes {
    private Shapes() {}

    /** What a task makes, in both. */
    @ConfigType("shape.brain")
    record Brain(Path file) implements Configurable {}

    /** A task that uses a result, in both. */
    @ConfigType("shape.judge")
    record Judge(Brain brain, @GeneratedPath("out.txt") Path file) implements SelfTask<Judge> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, "judged " + Files.readString(brain.file()));
        }
    }

    /** The shapes before. */
    static final class Before {
        private Before() {}

        @ConfigType("shape.sgd")
        record Sgd(double lr) implements Configurable {}

        @ConfigType("shape.teach")
        record Teach(
                Sgd sgd, int size, @GeneratedPath("out.txt") Path file) implements Task<Brain> {
            @Override
            public Brain outputs(Dependency dep) {
                return dep.on(new Brain(file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                Files.writeString(file, "size " + size + " lr " + sgd.lr());
            }
        }
    }

    /** The shapes after, with a chain of two conversions, and one of a task whose type id stayed. */
    static final class After {
        private After() {}

        @ConfigType("shape.descent")
        record Descent(double rate, double decay) implements Configurable {
            @FormerShape
            static Config<Descent> of(Config<Momentum> former) {
                if (former.value().rate() > 1) {
                    throw new IllegalArgumentException(
                            "no descent has the rate " + former.value().rate());
                }
                return Config.builder(Descent.class)
                        .set("rate", former.value().rate())
                        .set("decay", 0.0)
                        .build();
            }
        }

        @ConfigType("shape.momentum")
        record Momentum(double rate, @Default("0") double momentum) implements Configurable {
            @FormerShape
            static Config<Momentum> of(Config<FormerSgd> former) {
                return Config.builder(Momentum.class)
                        .set("rate", former.value().lr())
                        .build();
            }
        }

        @ConfigType("shape.sgd")
        record FormerSgd(double lr) implements Configurable {}

        @ConfigType("shape.teach")
        record Teach(
                Descent method,
                int width,
                int depth,
                @GeneratedPath("out.txt") Path file) implements Task<Brain> {
            @FormerShape
            static Config<Teach> of(Config<FormerTeach> former) {
                return Config.builder(Teach.class)
                        .set("method", former.get(FormerTeach::sgd))
                        .set("width", former.value().size())
                        .set("depth", 1)
                        .build();
            }

            @Override
            public Brain outputs(Dependency dep) {
                return dep.on(new Brain(file));
            }

            @Override
            public void execute(TaskContext context) throws IOException {
                Files.writeString(file, "width " + width + " rate " + method.rate());
            }
        }

        @ConfigType("shape.teach-1")
        record FormerTeach(Descent sgd, int size) implements Configurable {}
    }

    /** A task before it got another type id, which has no conversion of its own. */
    @ConfigType("shape.weigh")
    record Weigh(Brain brain, @GeneratedPath("out.txt") Path file) implements SelfTask<Weigh> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, "weighed " + Files.readString(brain.file()));
        }
    }

    /** The same task after. */
    @ConfigType("shape.scale")
    @FormerType("shape.weigh")
    record Scale(Brain brain, @GeneratedPath("out.txt") Path file) implements SelfTask<Scale> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, "weighed " + Files.readString(brain.file()));
        }
    }

    /** A type whose conversions lead back to it. */
    @ConfigType("shape.circle")
    record Circle() implements SelfTask<Circle> {
        @FormerShape
        static Config<Circle> of(Config<HalfCircle> former) {
            return Config.builder(Circle.class).build();
        }

        @Override
        public void execute(TaskContext context) {}
    }

    /** The other half. */
    @ConfigType("shape.half")
    record HalfCircle() implements Configurable {
        @FormerShape
        static Config<HalfCircle> of(Config<Circle> former) {
            return Config.builder(HalfCircle.class).build();
        }
    }

    /** A task with a second conversion of a former shape. */
    @ConfigType("shape.second")
    record Second(@Default("0") int depth) implements SelfTask<Second> {
        @FormerShape
        static Config<Second> of(Config<After.FormerSgd> former) {
            return Config.builder(Second.class).build();
        }

        @Override
        public void execute(TaskContext context) {}
    }

    /** A task whose conversion has the wrong form. */
    @ConfigType("shape.wrong")
    record Wrong() implements SelfTask<Wrong> {
        @FormerShape
        static Wrong of(Before.Sgd former) {
            return new Wrong();
        }

        @Override
        public void execute(TaskContext context) {}
    }
}
