package org.experimaestro.trial;

import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.Experiment;

/** What plans should not do. Here, and not in the tests of the engine, whose lines do not count as a plan's. */
public final class Misfits {
    private Misfits() {}

    /** Two classes with one type id. */
    public static void submitTwins(Experiment xp) {
        xp.submit(Config.builder(Twins.First.class).build());
        xp.submit(Config.builder(Twins.Second.class).build());
    }

    /** Two classes whose type ids differ by case. */
    public static void submitTwinsByCase(Experiment xp) {
        xp.submit(Config.builder(Twins.First.class).build());
        xp.submit(Config.builder(Twins.Third.class).build());
    }

    /** A file of a job that may be of this run, done, or neither. */
    public static void submitPeek(Lab lab, Experiment xp) {
        Path file = xp.workspace().resolve("jobs/trial.step/" + lab.step("a").id() + "/out.txt");
        xp.submit(Config.builder(Peek.class)
                .set("file", file)
                .set("control", lab.control().folder())
                .build());
    }

    /** What a submission returned. */
    public static void submitOutput(Lab lab, Experiment xp) {
        Config<Peek> peek = Config.builder(Peek.class)
                .set("file", lab.folder())
                .set("control", lab.control().folder())
                .build();
        xp.submit(xp.submit(peek));
    }
}
