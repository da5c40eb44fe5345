package org.experimaestro.manual;

import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Report;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.cli.Experimaestro;

/** A plan that an IDE runs, in a build without the annotation processor. */
public final class SquarePlan implements ExperimentPlan<SquarePlan.Settings> {

    /**
     * The keys of the YAML file.
     *
     * @param number what to square
     */
    public record Settings(int number) {}

    /**
     * Squares a number.
     *
     * @param number the number
     */
    @ConfigType("manual.square")
    public record Square(int number) implements SelfTask<Square> {
        @Override
        public void execute(TaskContext context) {
            context.metric("square", (double) number * number);
        }
    }

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Square> square =
                Config.builder(Square.class).set("number", settings.number()).build();
        xp.submit(square);
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }

    /**
     * Runs the plan.
     *
     * @param arguments the YAML file and the options of run-experiment
     */
    public static void main(String[] arguments) {
        System.exit(Experimaestro.run(SquarePlan.class, arguments));
    }
}
