import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Launcher;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

@ConfigType("remote.text")
record Text(Path file) implements Configurable {}

/**
 * A job that writes a file.
 *
 * @param n its number
 * @param witness a file to which each execution adds a line
 * @param until a file that it waits for before it ends, or an empty text
 * @param megabytes how much it writes besides
 */
@ConfigType("remote.write")
record Write(
        int n,
        @Meta String witness,
        @Meta @Default("") String until,
        @Meta @Default("0") int megabytes,
        @GeneratedPath("out.txt") Path out,
        @GeneratedPath("large") Path large)
        implements Task<Text> {
    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Files.writeString(
                Path.of(witness), "write " + n + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println("job " + n + " writes");
        context.progress(0.5, "half of " + n);
        try (OutputStream stream = Files.newOutputStream(large)) {
            for (int i = 0; i < megabytes; i++) {
                stream.write(new byte[1 << 20]);
            }
        }
        while (!until.isEmpty() && !Files.exists(Path.of(until))) {
            Thread.sleep(50);
        }
        Files.writeString(out, "<" + n + ">");
        context.metric("n", n);
    }

    @Override
    public Text outputs(Dependency dep) {
        return dep.on(new Text(out));
    }
}

/** A job that reads what others have written. */
@ConfigType("remote.join")
record Join(int parts, List<Text> texts, @Meta String witness, @GeneratedPath("joined.txt") Path out)
        implements SelfTask<Join> {
    @Override
    public void execute(TaskContext context) throws IOException {
        Files.writeString(Path.of(witness), "join\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        StringBuilder joined = new StringBuilder();
        for (Text text : texts) {
            joined.append(Files.readString(text.file()));
            context.progress((double) joined.length() / (3 * parts), joined.toString());
        }
        Files.writeString(out, joined);
        context.metric("length", joined.length());
    }
}

/** Some jobs on another host, one there that reads what they wrote, and some jobs on this machine. */
class RemotePlan implements ExperimentPlan<RemotePlan.Settings> {
    record Settings(
            String witness,
            @Default("2") int jobs,
            @Default("0") int here,
            @Default("") String until,
            @Default("0") int megabytes) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher remote = Launcher.find("duration=90 s & cpu(mem=400M, cores=1)").labels("remote");
        List<Config<Text>> texts = new ArrayList<>();
        for (int n = 0; n < settings.jobs(); n++) {
            Config<Write> write = WriteBuilder.write()
                    .n(n)
                    .witness(settings.witness())
                    .until(settings.until())
                    .megabytes(settings.megabytes())
                    .build();
            texts.add(xp.submit(write, remote));
        }
        Config<Join> join = JoinBuilder.join()
                .parts(tag(settings.jobs()))
                .texts(texts)
                .witness(settings.witness())
                .build();
        xp.submit(join, remote);
        for (int n = 0; n < settings.here(); n++) {
            xp.submit(
                    WriteBuilder.write().n(100 + n).witness(settings.witness()).build(), Launcher.local());
        }
    }
}
