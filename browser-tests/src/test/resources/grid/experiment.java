import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Action;
import org.experimaestro.ActionContext;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Meta;
import org.experimaestro.Program;
import org.experimaestro.Question;
import org.experimaestro.SelfTask;
import org.experimaestro.Service;
import org.experimaestro.TaskContext;

/**
 * A job of the grid. It asks the files of the folder {@code control} what to do: it waits while there is a file
 * {@code hold}, and fails while there is a file {@code fail-N} of its number.
 *
 * @param rate the learning rate
 * @param seed the seed
 * @param number its number in the grid
 * @param name a name, which may be hostile
 * @param control the folder of the files
 */
@ConfigType("grid.learn")
record Learn(
        double rate,
        int seed,
        @Meta int number,
        @Default("") String name,
        @Meta @Default("") String control) implements SelfTask<Learn> {
    @Override
    public void execute(TaskContext context) throws Exception {
        Path folder = Path.of(control);
        Path lines = folder.resolve("print-" + number);
        if (Files.exists(lines)) {
            System.out.write(Files.readAllBytes(lines));
            System.out.flush();
        }
        System.out.println("learns with rate " + rate);
        context.progress(0.5, "half of it");
        for (int step = 0; step < 20; step++) {
            context.metric("loss", 1 / (1 + rate * step), step);
        }
        while (Files.exists(folder.resolve("hold")) || Files.exists(folder.resolve("hold-" + number))) {
            Thread.sleep(50);
        }
        if (Files.exists(folder.resolve("fail-" + number))) {
            System.err.println("ERROR cannot learn with rate " + rate);
            throw new IllegalStateException("The data of job " + number + " is missing");
        }
        context.metric("accuracy", 0.5 + rate / 10 + seed / 100.0);
    }
}

/**
 * A job that needs all others.
 *
 * @param models the others
 */
@ConfigType("grid.report")
record Report(List<Learn> models) implements SelfTask<Report> {
    @Override
    public void execute(TaskContext context) {
        context.metric("models", models.size());
    }
}

/**
 * An action that writes a file.
 *
 * @param model the model that it is about
 */
@ConfigType("grid.export")
record Export(Learn model) implements Action {
    @Override
    public List<Question> questions() {
        return List.of(
                Question.choice("format", "Which format?", "plain", "fancy").orElse("plain"),
                Question.choices("parts", "Which parts?", "weights", "rates").orElse("weights"),
                Question.text("name", "How is the file called?"));
    }

    @Override
    public void execute(ActionContext context) throws Exception {
        System.out.println("exports " + context.answer("format") + " " + context.answers("parts"));
        Files.writeString(context.folder().resolve(context.answer("name")), "rate " + model.rate());
        context.result("exported as " + context.answer("name"));
    }
}

/** A grid of rates and seeds, and a report. */
class GridPlan implements ExperimentPlan<GridPlan.Settings> {
    record Settings(
            @Default("3") int rates,
            @Default("2") int seeds,
            @Default("") String control,
            @Default("") String name,
            @Default("true") boolean report,
            @Default("false") boolean beside,
            @Default("0") int moreTags) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        List<Config<Learn>> models = new ArrayList<>();
        for (int rate = 1; rate <= settings.rates(); rate++) {
            for (int seed = 1; seed <= settings.seeds(); seed++) {
                Config<Learn> learn = LearnBuilder.learn()
                        .rate(rate / 10.0)
                        .seed(seed)
                        .number(models.size())
                        .name(settings.name())
                        .control(settings.control())
                        .build()
                        .tag("rate", rate / 10.0)
                        .tag("seed", seed);
                if (!settings.name().isEmpty()) {
                    learn = learn.tag("name", settings.name());
                }
                for (int tag = 0; tag < settings.moreTags(); tag++) {
                    learn = learn.tag("tag" + tag, tag * rate);
                }
                models.add(xp.submit(learn));
            }
        }
        if (settings.beside()) {
            xp.action("export", ExportBuilder.export().model(models.get(0)).build());
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            xp.service(
                    "files",
                    Service.web(Program.of(java, "-m", "jdk.httpserver", "-b", "{host}", "-p", "{port}")
                            .argument("-d", xp.resultsFolder())));
        }
        if (settings.report()) {
            xp.submit(ReportBuilder.report().models(models).build());
        }
    }
}
