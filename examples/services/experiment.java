import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/** Draws points, which can be exported when they are done, and looked at in a browser. */
class Points implements ExperimentPlan<Points.Settings> {
    record Settings(int count) {}

    @Override
    public void run(Experiment xp, Settings settings) throws IOException {
        Config<Threads> threads = ThreadsBuilder.threads().number(2).build();
        Config<Draw> drawn = xp.submit(
                DrawBuilder.draw().count(settings.count()).threads(threads).build());

        xp.action("export", ExportBuilder.export().points(drawn).build());

        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        xp.service(
                "files",
                Service.web(Program.of(java, "-m", "jdk.httpserver", "-b", "{host}", "-p", "{port}")
                                .argument("-d", xp.resultsFolder()))
                        .path("/points.csv"));
    }
}

@ConfigType("services.threads")
record Threads(int number) implements LaunchHook {
    @Override
    public Launcher change(Launcher request) {
        return request.environment().containsKey("OMP_NUM_THREADS")
                ? request
                : request.env("OMP_NUM_THREADS", Integer.toString(number));
    }
}

@ConfigType("services.draw")
record Draw(int count, @Meta Threads threads, @GeneratedPath("points.txt") Path file) implements SelfTask<Draw> {
    @Override
    public void execute(TaskContext context) throws IOException {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < count; i++) {
            points.append(i).append(' ').append(i * i).append('\n');
        }
        Files.writeString(file, points);
        context.metric("threads", Integer.parseInt(System.getenv("OMP_NUM_THREADS")));
    }
}

@ConfigType("services.export")
record Export(Draw points) implements Action {
    @Override
    public List<Question> questions() {
        return List.of(
                Question.choice("separator", "What stands between the columns?", "comma", "tab")
                        .orElse("comma"),
                Question.text("name", "How is the file called?").orElse("points"));
    }

    @Override
    public void execute(ActionContext context) throws IOException {
        String separator = context.answer("separator").equals("comma") ? "," : "\t";
        Path file = context.resultsFolder().resolve(context.answer("name") + ".csv");
        Files.writeString(file, Files.readString(points.file()).replace(" ", separator));
        System.out.println("Wrote " + points.count() + " points");
        context.result(file.toString());
    }
}
