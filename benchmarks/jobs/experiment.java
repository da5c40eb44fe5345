import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Many jobs that do nothing: what is left is the cost of the system itself. */
class NothingPlan implements ExperimentPlan<NothingPlan.Settings> {

    /**
     * @param count how many jobs
     * @param launcher the launcher that runs them; empty for this machine
     */
    record Settings(int count, @Default("") String launcher) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher launcher = settings.launcher().isEmpty() ? Launcher.local() : Launcher.named(settings.launcher());
        for (int i = 0; i < settings.count(); i++) {
            var options = OptionsBuilder.options().rate(0.5).steps(10 + i % 7).build();
            xp.submit(NothingBuilder.nothing().number(i).options(options).build(), launcher);
        }
    }
}

/** Some parameters, as real tasks have them. */
@ConfigType("benchmark.options")
record Options(double rate, int steps, @Default("adam") String method, @Default("[1, 2, 3]") List<Integer> sizes)
        implements Configurable {}

/** A task that does nothing. */
@ConfigType("benchmark.nothing")
record Nothing(int number, Options options) implements SelfTask<Nothing> {
    @Override
    public void execute(TaskContext context) {
        context.metric("number", number);
    }
}
