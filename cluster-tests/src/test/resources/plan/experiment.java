import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** A job that may wait until a file is there, and may then throw, or use more memory than it has asked for. */
@ConfigType("cluster.work")
record Work(
        int n,
        @Meta @Default("") String until,
        @Meta @Default("") String trouble) implements SelfTask<Work> {
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
        switch (trouble) {
            case "throws" -> throw new IllegalStateException("as asked for");
            case "hogs" -> hog();
            default -> {}
        }
    }

    /** More than 400 MB, but on the heap and outside of it less than their own limits of 300 MB. */
    private static void hog() throws InterruptedException {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] inside = new byte[35 << 20];
            Arrays.fill(inside, (byte) 1);
            all.add(inside);
            all.add(ByteBuffer.allocateDirect(inside.length).put(inside));
            all.add(ByteBuffer.allocateDirect(15 << 20).put(inside, 0, 15 << 20));
        }
        // Where nothing holds the job back, it is looked at once a second.
        Thread.sleep(20_000);
        System.out.println("It still has " + all.size() + " pieces");
    }
}

@ConfigType("cluster.sum")
record Sum(List<Work> works) implements SelfTask<Sum> {
    @Override
    public void execute(TaskContext context) {
        context.metric("sum", works.stream().mapToInt(Work::n).sum());
    }
}

/** A job of the second layer. */
@ConfigType("cluster.second")
record Second(Work work) implements SelfTask<Second> {
    @Override
    public void execute(TaskContext context) {}
}

/** A job of the third layer. */
@ConfigType("cluster.third")
record Third(Second second) implements SelfTask<Third> {
    @Override
    public void execute(TaskContext context) {}
}

/** Some short jobs, the first of which may make trouble, and a longer one that depends on all of them. */
class ClusterPlan implements ExperimentPlan<ClusterPlan.Settings> {
    record Settings(
            @Default("3") int jobs,
            @Default("") String until,
            @Default("") String trouble,
            @Default("cluster") String tag,
            @Default("") String cards,
            @Default("false") boolean layers,
            Map<String, String> options) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher brief = Launcher.find("duration=90 s & cpu(mem=400M, cores=1)" + settings.cards())
                .labels(settings.tag());
        Launcher longer = Launcher.find("duration=30 minutes & cpu(mem=400M, cores=1)").labels(settings.tag());
        for (Map.Entry<String, String> option : settings.options().entrySet()) {
            brief = brief.option(option.getKey(), option.getValue());
        }
        List<Config<Work>> works = new ArrayList<>();
        for (int n = 0; n < settings.jobs(); n++) {
            works.add(xp.submit(WorkBuilder.work()
                    .n(n)
                    .until(settings.until())
                    .trouble(n == 0 ? settings.trouble() : "")
                    .build(), brief));
        }
        if (settings.layers()) {
            for (Config<Work> work : works) {
                Config<Second> second = xp.submit(SecondBuilder.second().work(work).build(), brief);
                xp.submit(ThirdBuilder.third().second(second).build(), brief);
            }
        }
        xp.submit(SumBuilder.sum().works(works).build(), longer);
    }
}
