package org.experimaestro.plans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Types as they were written, and as they were changed later: the classes of one story share a type id. */
final class Rates {
    private Rates() {}

    private static void measure(TaskContext context, int seed, double rate) {
        if (seed < 0) {
            throw new IllegalArgumentException("the seed is negative");
        }
        context.metric("rate", rate);
    }

    /** As it was first. */
    @ConfigType("trial.rate")
    record First(int seed, @Default("0.4") double rate, Optional<Integer> limit) implements SelfTask<First> {
        @Override
        public void execute(TaskContext context) {
            measure(context, seed, rate);
        }
    }

    /** With other defaults, and not a word about it. */
    @ConfigType("trial.rate")
    record Changed(
            int seed,
            @Default("0.75") double rate,
            @Default("3") Optional<Integer> limit) implements SelfTask<Changed> {
        @Override
        public void execute(TaskContext context) {
            measure(context, seed, rate);
        }
    }

    /** With other defaults, and the first ones. */
    @ConfigType("trial.rate")
    record Said(
            int seed,
            @Default(value = "0.75", was = "0.4") double rate,
            @Default(value = "3", was = Default.ABSENT) Optional<Integer> limit)
            implements SelfTask<Said> {
        @Override
        public void execute(TaskContext context) {
            measure(context, seed, rate);
        }
    }

    /** With another default, and a first one that it never had. */
    @ConfigType("trial.rate")
    record WrongFirst(
            int seed, @Default(value = "0.1", was = "0.25") double rate, Optional<Integer> limit)
            implements SelfTask<WrongFirst> {
        @Override
        public void execute(TaskContext context) {
            measure(context, seed, rate);
        }
    }

    /** With one parameter more and one less, and other types of numbers. */
    @ConfigType("trial.rate")
    record Grown(
            long seed,
            @Default("0.4") Optional<Double> rate,
            @Default("RED") String color) implements SelfTask<Grown> {
        @Override
        public void execute(TaskContext context) {
            measure(context, (int) seed, rate.orElseThrow());
        }
    }

    /** A part of another. */
    @ConfigType("trial.part")
    record FirstPart(@Default("2") int width) implements Configurable {}

    /** With another default. */
    @ConfigType("trial.part")
    record ChangedPart(@Default("4") int width) implements Configurable {}

    /** Uses the part by default. */
    @ConfigType("trial.whole")
    record FirstWhole(@DefaultFrom("standard") FirstPart part) implements SelfTask<FirstWhole> {
        static Config<FirstPart> standard() {
            return Config.builder(FirstPart.class).build();
        }

        @Override
        public void execute(TaskContext context) {
            context.metric("width", part.width());
        }
    }

    /** Uses the part whose default has changed. */
    @ConfigType("trial.whole")
    record ChangedWhole(@DefaultFrom("standard") ChangedPart part) implements SelfTask<ChangedWhole> {
        static Config<ChangedPart> standard() {
            return Config.builder(ChangedPart.class).build();
        }

        @Override
        public void execute(TaskContext context) {
            context.metric("width", part.width());
        }
    }

    /** Uses another part by default. */
    @ConfigType("trial.whole")
    record OtherWhole(@DefaultFrom("standard") FirstPart part) implements SelfTask<OtherWhole> {
        static Config<FirstPart> standard() {
            return Config.builder(FirstPart.class).set("width", 8).build();
        }

        @Override
        public void execute(TaskContext context) {
            context.metric("width", part.width());
        }
    }

    /** Uses what the task made. */
    @ConfigType("trial.use")
    record FirstUse(First made) implements SelfTask<FirstUse> {
        @Override
        public void execute(TaskContext context) {
            context.metric("rate", made.rate());
        }
    }

    /** Uses what the changed task made. */
    @ConfigType("trial.use")
    record ChangedUse(Changed made) implements SelfTask<ChangedUse> {
        @Override
        public void execute(TaskContext context) {
            context.metric("rate", made.rate());
        }
    }

    /** A task that a test holds. */
    @ConfigType("trial.held")
    record FirstHeld(@Default("0.4") double rate) implements SelfTask<FirstHeld> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** The same with another default. */
    @ConfigType("trial.held")
    record ChangedHeld(@Default("0.75") double rate) implements SelfTask<ChangedHeld> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** Reads a file beside the plan. */
    @ConfigType("trial.reader")
    record Reader(@Default("data/corpus.txt") Path corpus) implements SelfTask<Reader> {
        @Override
        public void execute(TaskContext context) throws IOException {
            context.metric("length", Files.size(corpus));
        }
    }

    /** A file that a configuration names. */
    @ConfigType("trial.source")
    record Source(Path file) implements Configurable {}

    /** Reads a file beside the plan, which its default configuration names. */
    @ConfigType("trial.source-reader")
    record SourceReader(@DefaultFrom("standard") Source source) implements SelfTask<SourceReader> {
        static Config<Source> standard() {
            return Config.builder(Source.class)
                    .set("file", Path.of("data/corpus.txt"))
                    .build();
        }

        @Override
        public void execute(TaskContext context) throws IOException {
            context.metric("length", Files.size(source.file()));
        }
    }

    /** A book that is known by its content. */
    @ConfigType("trial.book")
    record Book(@Content Path file) implements Configurable {}

    /** Reads a file outside of the plan's folder, which its default configuration names by its content. */
    @ConfigType("trial.book-reader")
    record BookReader(@DefaultFrom("standard") Book book) implements SelfTask<BookReader> {
        static Config<Book> standard() {
            return Config.builder(Book.class)
                    .set("file", Path.of("../shared/book.txt"))
                    .build();
        }

        @Override
        public void execute(TaskContext context) throws IOException {
            context.metric("length", Files.size(book.file()));
        }
    }
}
