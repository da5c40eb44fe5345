package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.Launcher;
import org.experimaestro.RetryPolicy;
import org.experimaestro.cli.option.CommandTree;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.engine.HookedRequest;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** A workspace that is written as runs and jobs write theirs. */
public final class SampleWorkspace {
    private final Workspace workspace;
    private final List<Path> code;

    public SampleWorkspace(Path folder) throws IOException {
        workspace = Workspace.open(folder);
        code = workspace.classPaths().snapshot(List.of(SampleTypes.folder()));
    }

    public Workspace workspace() {
        return workspace;
    }

    public static Config<?> adam(double lr) {
        return Config.builder(SampleTypes.type("Adam")).set("lr", lr).build();
    }

    public static Config<?> model(int layers) {
        return Config.builder(SampleTypes.type("Model"))
                .set("layers", layers)
                .build()
                .tag("layers", layers);
    }

    public static Config<?> learn(int layers, Config<?> optimizer, int epochs) {
        return Config.builder(SampleTypes.type("Learn"))
                .set("model", model(layers))
                .set("optimizer", optimizer)
                .set("epochs", epochs)
                .build();
    }

    public Config<?> evaluate(Config<?> learn) {
        Config<?> learned =
                Outputs.of((ConfigNode<?>) Node.of(learn), folder(learn).path());
        return Config.builder(SampleTypes.type("Evaluate"))
                .set("model", learned)
                .build();
    }

    public JobFolder folder(Config<?> task) {
        return workspace.job(task.type(), task.id());
    }

    /** Writes a job's parameters and class path. */
    public JobFolder store(Config<?> task) throws IOException {
        JobFolder job = folder(task);
        StringBuilder classPath = new StringBuilder();
        for (Path jar : code) {
            classPath.append(job.path().relativize(jar)).append('\n');
        }
        job.write(ConfigurationWriter.write(task, workspace.root(), "../../../.."), classPath.toString());
        return job;
    }

    /** Stores a job, and returns it as a plan has submitted it. */
    public SubmittedTask submit(int epochs, @Nullable Placement placement) throws IOException {
        Config<?> learn = learn(1, adam(0.1), epochs);
        JobFolder job = store(learn);
        return new SubmittedTask(
                (ConfigNode<?>) Node.of(learn),
                job,
                new TreeMap<>(),
                List.of(),
                List.of(),
                new HookedRequest(Launcher.local(), List.of()),
                placement,
                RetryPolicy.none(),
                IsolationSetting.NONE,
                FirstDefaults.of(List.of()),
                job.status(),
                Set.of(),
                CodeChange.NONE);
    }

    /** Takes a job and begins it, in the name of a process. */
    public static Attempt begin(JobFolder job, ProcessIdentity process, Instant started) throws IOException {
        assertThat(job.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);
        Attempt attempt = job.attempt(job.status().lastAttempt().orElseThrow());
        assertThat(attempt.begin(process, started.toEpochMilli())).isTrue();
        return attempt;
    }

    public static Attempt done(JobFolder job) throws IOException {
        Instant started = Instant.now();
        Attempt attempt = begin(job, ProcessIdentity.current(), started);
        attempt.done(started.toEpochMilli(), Map.of(), null);
        return attempt;
    }

    /** Adds a run that submitted jobs. */
    public void run(String experiment, Map<JobFolder, Map<String, Object>> tagsByJob) throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(Instant.now());
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (Map.Entry<JobFolder, Map<String, Object>> job : tagsByJob.entrySet()) {
                jobs.add(new RunFolder.SubmittedJob(
                        job.getKey().typeId(), job.getKey().id(), job.getValue(), List.of(), "local", Instant.now()));
            }
        }
    }

    /**
     * What a command printed.
     *
     * @param exitCode its exit code
     * @param out its standard output
     * @param err its standard error
     */
    public record Result(int exitCode, String out, String err) {}

    /** Executes a command on this workspace. */
    public Result execute(Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--workdir=" + workspace.root());
        return executeIn(command, all.toArray(String[]::new));
    }

    public static Result executeIn(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine(CommandTree.of(command, arguments))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    public void corrupt(Path file) throws IOException {
        Files.writeString(file, "{\"format\": 2, ");
    }
}
