package org.experimaestro.plans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.FormerType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Preparable;
import org.experimaestro.PrepareContext;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks that announce a checkpoint after each epoch, and tasks that read one. */
final class Epochs {
    private Epochs() {}

    /** What a task has learned so far. */
    @ConfigType("trial.checkpoint")
    record Checkpoint(int epoch, Path file) implements Configurable {}

    /** Something else that is announced. */
    @ConfigType("trial.remark")
    record Remark(String text) implements Configurable {}

    private static void train(TaskContext context, int first, int epochs, Path ahead) throws Exception {
        for (int epoch = first; epoch <= epochs; epoch++) {
            Path file = context.folder().resolve("epoch-" + epoch + ".txt");
            Files.writeString(file, "after " + epoch);
            context.announce("epoch-" + epoch, new Checkpoint(epoch, file));
            awaitFile(ahead.resolve("epoch-" + epoch));
        }
    }

    /** Waits until a test, or another task, has made a file: then the epoch may end. */
    private static void awaitFile(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
    }

    private static void failIfAsked(Path ahead) {
        if (Files.exists(ahead.resolve("fail"))) {
            throw new IllegalStateException("told to fail");
        }
    }

    /** Learns anew in each attempt. */
    @ConfigType("trial.train")
    record Train(
            int epochs,
            @Meta Path ahead,
            @GeneratedPath("last.txt") Path last) implements SelfTask<Train> {
        @Override
        public void execute(TaskContext context) throws Exception {
            train(context, 1, epochs, ahead);
            context.announce("done", new Remark("of attempt " + context.attempt()));
            failIfAsked(ahead);
            Files.writeString(last, "last");
        }
    }

    /** Goes on where the attempt before was. */
    @ConfigType("trial.train-on")
    record TrainOn(int epochs, @Meta Path ahead) implements SelfTask<TrainOn>, Resumable {
        @Override
        public void execute(TaskContext context) throws Exception {
            train(context, 1, epochs, ahead);
            failIfAsked(ahead);
        }
    }

    /** Reads a checkpoint, and lets the epoch end. */
    @ConfigType("trial.read")
    record Read(Checkpoint checkpoint, @Meta Path ahead) implements SelfTask<Read> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.readString(checkpoint.file());
            context.metric("epoch", checkpoint.epoch());
            Files.writeString(ahead.resolve("epoch-" + checkpoint.epoch()), "");
        }
    }

    /** Announces another configuration under a name that it has used. */
    @ConfigType("trial.restless")
    record Restless(int last) implements SelfTask<Restless> {
        @Override
        public void execute(TaskContext context) {
            context.announce("remark", new Remark("one"));
            context.announce("remark", new Remark("one"));
            context.announce("remark", new Remark("number " + last));
        }
    }

    /** Announces itself. */
    @ConfigType("trial.vain")
    record Vain() implements SelfTask<Vain> {
        @Override
        public void execute(TaskContext context) {
            context.announce("itself", this);
        }
    }

    /** Has a step that reads a checkpoint. */
    @ConfigType("trial.warmed")
    record Warmed(Checkpoint checkpoint) implements Preparable {
        @Override
        public void prepare(PrepareContext context) throws IOException {
            Files.readString(checkpoint.file());
        }
    }

    /** Uses a checkpoint that was prepared, and lets the epoch end. */
    @ConfigType("trial.evaluate")
    record Evaluate(Warmed warmed, @Meta Path ahead) implements SelfTask<Evaluate> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(ahead.resolve("epoch-" + warmed.checkpoint().epoch()), "");
        }
    }

    /** Announces a remark, and a file. */
    @ConfigType("trial.says")
    record Says(String text, @GeneratedPath("said.txt") Path file) implements SelfTask<Says> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, text);
            context.announce("remark", new Remark(text));
            context.announce("text", new Checkpoint(1, file));
        }
    }

    /** The same under another name. */
    @ConfigType("trial.speaks")
    @FormerType("trial.says")
    record Speaks(String text, @GeneratedPath("said.txt") Path file) implements SelfTask<Speaks> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, text);
            context.announce("remark", new Remark(text));
            context.announce("text", new Checkpoint(1, file));
        }
    }
}
