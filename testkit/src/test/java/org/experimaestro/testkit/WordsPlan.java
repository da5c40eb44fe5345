package org.experimaestro.testkit;

import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.JobReport;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/** A plan that writes words, counts them, and prints the longest text. */
final class WordsPlan implements ExperimentPlan<WordsPlan.Settings> {
    record Settings(List<Integer> counts) {}

    /** A text in a file. */
    @ConfigType("words.text")
    record Text(Path file) implements Configurable {}

    /** A task that writes a number of words. */
    @ConfigType("words.write")
    record Write(
            int count,
            @Default("word") String word,
            @GeneratedPath("text.txt") Path file) implements Task<Text> {
        @Override
        public Text outputs(Dependency dep) {
            return dep.on(new Text(file));
        }

        @Override
        public void execute(TaskContext context) throws IOException, InterruptedException {
            if (count < 0) {
                throw new IllegalStateException("There are no " + count + " words");
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(word).append('\n');
                context.metric("written", i + 1);
                context.progress((i + 1.0) / count, "word " + (i + 1));
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException("after " + (i + 1) + " words");
                }
            }
            if (count != 13) {
                Files.writeString(file, text);
            }
        }
    }

    /** A task that counts the words of a text. */
    @ConfigType("words.count")
    record Count(Text text) implements SelfTask<Count> {
        @Override
        public void execute(TaskContext context) throws IOException {
            context.metric("words", Files.readAllLines(text.file()).size());
        }
    }

    static Config<Write> write(int count) {
        return Config.builder(Write.class).set("count", tag(count)).build();
    }

    static Config<Count> count(int count) {
        return Config.of(new Count(new Text(Path.of("text-" + count))));
    }

    @Override
    public void run(Experiment xp, Settings settings) throws InterruptedException {
        List<Config<Count>> counts = new ArrayList<>();
        for (int count : settings.counts()) {
            Config<Text> text =
                    xp.submit(write(count), Launcher.find("cpu(cores=2)").env("LEVEL", "3"));
            counts.add(xp.submit(Config.builder(Count.class).set("text", text).build()));
        }
        for (Config<Count> each : counts) {
            JobReport report = xp.report(each);
            if (report.outcome() == Outcome.DONE && report.metric("words") > 4) {
                xp.submit(Config.builder(Write.class)
                        .set("count", 1)
                        .set("word", "long")
                        .build());
            }
        }
    }
}
