import static org.experimaestro.Tags.tag;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.*;

/** Trains by a Python program, and measures each model by a shell script, without a task class. */
class Programs implements ExperimentPlan<Programs.Settings> {
    record Settings(List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double rate : settings.rates()) {
            Config<Map<String, ProgramFile>> trained = xp.submit(ProgramTask.named("train")
                    .command("python3", "{script}", "--rate", "{rate}", "--epochs", "{epochs}", "--model", "{model}")
                    .file("script", Path.of("train.py"))
                    .parameter("rate", tag(rate))
                    .parameter("epochs", 5)
                    .output("model", "model.json")
                    .build());
            xp.submit(ProgramTask.named("size")
                    .command("sh", "{script}", "{model}")
                    .file("script", Path.of("size.sh"))
                    .file("model", Config.entries(trained).get("model"))
                    .build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
