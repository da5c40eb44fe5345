import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** A job that may wait until a file is there. */
@ConfigType("cluster.work")
record Work(int n, @Meta @Default("") String until) implements SelfTask<Work> {
    @Override
    public void execute(TaskContext context) throws Exception {
        context.metric("n", n);
        context.metric("processors", Runtime.getRuntime().availableProcessors());
        // A question to the controller, which a test counts: a few jobs are enough.
        if (n < 3) {
            context.remainingTime().ifPresent(left -> context.metric("left", left.toSeconds()));
        }
        while (!until.isEmpty() && !Files.exists(Path.of(until))) {
            Thread.sleep(50);
        }
    }
}

@ConfigType("cluster.sum")
record Sum(List<Work> works) implements SelfTask<Sum> {
    @Override
    public void execute(TaskContext context) {
        context.metric("sum", works.stream().mapToInt(Work::n).sum());
    }
}

/** Some short jobs, and a longer one that depends on all of them. */
class ClusterPlan implements ExperimentPlan<ClusterPlan.Settings> {
    record Settings(
            @Default("3") int jobs,
            @Default("") String until,
            @Default("cluster") String tag) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher brief = Launcher.find("duration=90 s & cpu(mem=400M, cores=1)").tags(settings.tag());
        Launcher longer = Launcher.find("duration=30 minutes & cpu(mem=400M, cores=1)").tags(settings.tag());
        List<Config<Work>> works = new ArrayList<>();
        for (int n = 0; n < settings.jobs(); n++) {
            works.add(xp.submit(WorkBuilder.work().n(n).until(settings.until()).build(), brief));
        }
        xp.submit(SumBuilder.sum().works(works).build(), longer);
    }
}
