package org.experimaestro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The main class of a process in which the JVM records the classes of a usual command. It compiles a small plan, runs it
 * dry, runs it with jobs that are done, lists them, and prints help. No job is started, on whatever host the user's
 * launchers are. Not for users.
 */
final class CommandRehearsal {
    private static final String PLAN = """
            import org.experimaestro.*;

            class Rehearsed implements ExperimentPlan<Rehearsed.Settings> {
                record Settings(int count) {}

                @ConfigType("rehearsed.part")
                record Part(double rate, @Default("text") String text) implements Configurable {}

                @ConfigType("rehearsed.step")
                record Step(int number, Part part) implements SelfTask<Step> {
                    @Override
                    public void execute(TaskContext context) {}
                }

                @Override
                public void run(Experiment xp, Settings settings) {
                    for (int i = 0; i < settings.count(); i++) {
                        var part = Rehearsed_PartBuilder.part().rate(0.5).build();
                        xp.submit(Rehearsed_StepBuilder.step().number(i).part(part).build().tag("number", i));
                    }
                }
            }
            """;

    private CommandRehearsal() {}

    /**
     * Runs the plan.
     *
     * @param arguments a folder for files, which can be deleted afterwards
     * @throws IOException if the plan cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve("Rehearsed.java"), PLAN);
        Path settings = Files.writeString(folder.resolve("rehearsed.yaml"), "file: Rehearsed\nworkdir: w\ncount: 2\n");
        run("dry-run", settings);
        run("generate", settings);
        try (Stream<Path> jobs = Files.list(folder.resolve("w/jobs/rehearsed.step"))) {
            for (Path job : jobs.toList()) {
                finish(JobFolder.at(job));
            }
        }
        int code = run("normal", settings);
        for (String listing : List.of("jobs", "runs")) {
            Main.run(listing, "list", settings.toString());
        }
        Main.run("--help");
        Main.run("jobs", "--help");
        System.exit(code);
    }

    private static int run(String mode, Path settings) {
        return Main.run("run-experiment", "--run-mode", mode, settings.toString());
    }

    private static void finish(JobFolder job) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        if (job.claim(self, "rehearsal") instanceof Claim.Granted granted) {
            long now = System.currentTimeMillis();
            granted.attempt().begin(self, now);
            granted.attempt().done(now, Map.of("metric", 0.5), null);
        }
    }
}
