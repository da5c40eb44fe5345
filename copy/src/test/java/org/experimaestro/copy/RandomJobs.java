package org.experimaestro.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/** A workspace of random jobs, of which some use the results of others, and a run. */
final class RandomJobs {
    /** The beginning of the digest of the settings of the run. */
    private static final String SETTINGS = "21f6fa86c9222afe";

    final Workspace workspace;
    final List<JobFolder> jobs = new ArrayList<>();

    RandomJobs(Path folder, Random random, int count, int mostBytes) throws IOException {
        workspace = Workspace.open(folder);
        for (int i = 0; i < count; i++) {
            jobs.add(job(random, mostBytes));
        }
        RunFolder run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        try (RunFolder.JobList list = run.openJobs()) {
            for (JobFolder job : jobs) {
                list.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of(), List.of(), "local", Instant.parse("2026-01-31T12:00:00Z")));
            }
        }
        String settings = workspace.provenance().store("k1: 0.9\n".getBytes(StandardCharsets.UTF_8));
        run.describe(Map.of("ended", "2026-01-31T13:00:00.000Z", "outcome", "DONE", RunCode.SETTINGS, settings));
    }

    private JobFolder job(Random random, int mostBytes) throws IOException {
        byte[] digits = new byte[16];
        random.nextBytes(digits);
        String id = java.util.HexFormat.of().formatHex(digits);
        JobFolder job = workspace.job("type." + (char) ('a' + random.nextInt(3)), ConfigId.parse(id));
        String used = jobs.isEmpty() || random.nextBoolean()
                ? "1"
                : "\"jobs/" + jobs.get(random.nextInt(jobs.size())).name() + "/out\"";
        job.write(
                "{\"format\":1,\"identifierFormat\":1,\"workspace\":\"../../../..\",\"configurations\":{\"x\":{\"type\":\""
                        + job.typeId() + "\",\"version\":1,\"class\":\"X\",\"id\":\"" + id
                        + "\",\"parameters\":{\"from\":" + used + "}}},\"value\":\"@x\"}",
                "");
        Claim claim = job.claim(ProcessIdentity.current(), "grid/20260131-120000");
        Attempt attempt = ((Claim.Granted) claim).attempt();
        assertThat(attempt.begin(ProcessIdentity.current(), 1_769_860_800_000L)).isTrue();
        int files = random.nextInt(5);
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[random.nextInt(mostBytes)];
            random.nextBytes(content);
            Path file = job.path().resolve("part " + i % 2).resolve("wört " + i + ".bin");
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        if (random.nextInt(4) == 0) {
            attempt.failed(FailureCause.EXCEPTION, "no such word", 1);
        } else {
            attempt.done(1_769_860_800_000L, Map.of(), null);
        }
        return job;
    }

    /** Selects all jobs and runs. */
    static CopySelection all(Workspace workspace) {
        JobsView view = WorkspaceIndex.open(workspace).view();
        return CopySelection.of(
                workspace,
                view,
                view.jobs().stream().map(JobView::name).toList(),
                view.runs(),
                view.experiments(),
                true);
    }

    /** Returns the content of all files of jobs and runs; a slash for a folder. */
    static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String part : List.of("jobs", "experiments")) {
            Path start = root.resolve(part);
            if (Files.exists(start)) {
                try (Stream<Path> files = Files.walk(start)) {
                    files.forEach(file -> content.put(root.relativize(file).toString(), text(file)));
                }
            }
        }
        Path provenance = root.resolve("provenance");
        if (Files.exists(provenance)) {
            try (Stream<Path> files = Files.list(provenance)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith(SETTINGS))
                        .forEach(name -> content.put(name, "a file"));
            }
        }
        content.keySet().removeIf(path -> path.endsWith("/results")); // an empty folder is not copied
        return content;
    }

    private static String text(Path file) {
        try {
            return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    ? "/"
                    : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
