package org.experimaestro.manual;

import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.Token;

/** The plan of docs/tokens.md: simulations that need a licence, of which there are three. */
final class LicencePlan implements ExperimentPlan<LicencePlan.Settings> {
    /** The number of simulations. */
    record Settings(int count) {}

    /** A simulation with a program that needs a licence. */
    @ConfigType("manual.simulate")
    record Simulate(int number) implements SelfTask<Simulate> {
        @Override
        public void execute(TaskContext context) {
            context.metric("number", number);
        }
    }

    @Override
    public void run(Experiment xp, Settings settings) {
        Token licence = xp.token("licence", 3);
        for (int i = 1; i <= settings.count(); i++) {
            xp.submit(simulate(i), Launcher.local().holding(licence));
        }
        Token server = xp.token("file-server", 10);
        xp.submit(simulate(0), Launcher.local().holding(licence).holding(server, 4));
    }

    private static Config<Simulate> simulate(int number) {
        return Config.builder(Simulate.class).set("number", number).build();
    }
}
