import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.ProcessTask;
import org.experimaestro.Program;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Jobs that do nothing, in the shapes of the table of docs/performance.md. */
class TablePlan implements ExperimentPlan<TablePlan.Settings> {

    /**
     * @param count how many jobs
     * @param shape {@code fan}: no job needs another; {@code chain}: each needs the one before; {@code layers}: three
     *     layers, each job of which needs one of the layer before
     * @param program whether each job runs the program {@code true}, instead of a task in Java
     * @param launcher the launcher that runs them; empty for this machine
     */
    record Settings(
            int count,
            @Default("fan") String shape,
            @Default("false") boolean program,
            @Default("") String launcher) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher launcher = settings.launcher().isEmpty() ? Launcher.local() : Launcher.named(settings.launcher());
        int before =
                switch (settings.shape()) {
                    case "fan" -> 0;
                    case "chain" -> 1;
                    default -> (settings.count() + 2) / 3;
                };
        List<Config<Step>> steps = new ArrayList<>();
        for (int i = 0; i < settings.count(); i++) {
            if (settings.program()) {
                xp.submit(CallBuilder.call().number(i).build(), launcher);
            } else {
                var step = StepBuilder.step().number(i);
                if (before > 0 && i >= before) {
                    step.former(steps.get(i - before));
                }
                steps.add(xp.submit(step.build(), launcher));
            }
        }
    }
}

/** A task that does nothing. */
@ConfigType("benchmark.step")
record Step(int number, Optional<Step> former) implements SelfTask<Step> {
    @Override
    public void execute(TaskContext context) {}
}

/** A task whose program does nothing. */
@ConfigType("benchmark.call")
record Call(int number) implements ProcessTask<Call> {
    @Override
    public Program program() {
        return Program.of("true");
    }
}
