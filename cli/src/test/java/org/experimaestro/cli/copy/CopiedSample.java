package org.experimaestro.cli.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/** A workspace with a job, one that was made from it, one that has failed, and a run of all, to be copied. */
final class CopiedSample {
    final SampleWorkspace sample;
    final Workspace workspace;
    final JobFolder learn;
    final JobFolder evaluate;
    final JobFolder failed;

    CopiedSample(Path folder) throws IOException {
        sample = new SampleWorkspace(folder);
        workspace = sample.workspace();
        Config<?> learning = SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 1);
        learn = sample.store(learning);
        evaluate = sample.store(sample.evaluate(learning));
        failed = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.done(learn);
        SampleWorkspace.done(evaluate);
        SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, "no such word", 1);
        Files.writeString(learn.path().resolve("model.bin"), "x".repeat(2000));
        Files.createDirectories(learn.path().resolve("empty/inner"));
        Files.createSymbolicLink(learn.path().resolve("latest"), learn.path().resolve("model.bin"));
        Notes.of(learn).add("a note", Instant.now());
        RunFolder run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        try (RunFolder.JobList list = run.openJobs()) {
            for (JobFolder job : List.of(learn, evaluate, failed)) {
                list.add(new RunFolder.SubmittedJob(
                        job.typeId(),
                        job.id(),
                        Map.of("job", job.typeId()),
                        job.equals(evaluate) ? List.of(learn.name()) : List.of(),
                        "local",
                        Instant.parse("2026-01-31T12:00:00Z")));
            }
        }
        run.describe(Map.of("ended", "2026-01-31T13:00:00.000Z", "outcome", "FAILED"));
        Files.createDirectories(run.path().resolve("requests"));
        Files.createDirectories(workspace.experiment("grid").results());
        Files.writeString(workspace.experiment("grid").results().resolve("table.txt"), "0.5\n");
    }

    /** Executes a command on the workspace. */
    CommandLineRun command(String... words) {
        return command(workspace.root(), words);
    }

    /** Executes a command on a workspace or bundle. */
    static CommandLineRun command(Path workdir, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--workdir", workdir.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    /** Returns the same job in another workspace. */
    static JobFolder in(Path workspace, JobFolder job) {
        return Workspace.view(workspace).job(job.typeId(), job.id());
    }

    /** Returns the content of all files of a workspace that are copied: text, or the target of a link, or a slash. */
    static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String part : List.of("jobs", "experiments", "classpath")) {
            if (Files.exists(root.resolve(part))) {
                try (Stream<Path> files = Files.walk(root.resolve(part))) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        content.put(root.relativize(file).toString(), text(file));
                    }
                }
            }
        }
        content.keySet().removeIf(path -> path.endsWith("/requests"));
        return content;
    }

    private static String text(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "link to " + file.getParent().relativize(file.resolveSibling(Files.readSymbolicLink(file)));
        }
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                ? "/"
                : Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Returns the states of jobs as a listing shows them. */
    static Map<String, String> states(Path root) {
        Map<String, String> states = new HashMap<>();
        for (JobFolder job : Workspace.view(root).jobs()) {
            states.put(job.name(), job.status().state().name());
        }
        return states;
    }
}
