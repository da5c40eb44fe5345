package org.experimaestro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a process in which the JVM records the classes of a usual command: it compiles a small plan, and runs
 * it dry. Not for users.
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
        System.exit(Main.run("run-experiment", "--run-mode", "dry-run", settings.toString()));
    }
}
