package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** What plans, jobs and people may do to a workspace, in a random order. */
final class History implements AutoCloseable {
    private static final List<String> TYPES = List.of("a.learn", "a", "b.evaluate");
    /** The second sorts before the first one where a slash follows. */
    private static final List<String> EXPERIMENTS = List.of("grid", "grid-2", "other");

    /** More than there are types and identifiers. */
    static final int MOST_JOBS = 200;

    private static final List<String> TEXTS = List.of("x", "two\nlines", "", "\u20ac");

    private final Workspace workspace;
    private final Random random;
    private final Path clock;
    private final List<JobFolder> jobs = new ArrayList<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final List<LiveRun> runs = new ArrayList<>();
    private final Map<Path, byte[]> damaged = new LinkedHashMap<>();
    private boolean hasDamage;
    private int runNumber;
    private int tick;

    /** A run that goes on. */
    private record LiveRun(RunFolder folder, RunFolder.JobList list, RunJournal journal, Process process) {}

    History(Workspace workspace, long seed) {
        this.workspace = workspace;
        this.random = new Random(seed);
        this.clock = workspace.root().resolve("clock");
    }

    /** Adds the damage and repair of jobs' files, which an index finds only if it looks at all jobs in turn. */
    History withDamage() {
        hasDamage = true;
        return this;
    }

    /** Does something; returns what. */
    String step() throws IOException, InterruptedException {
        String done = act();
        awaitTick();
        return done;
    }

    private String act() throws IOException, InterruptedException {
        int choice = random.nextInt(hasDamage ? 24 : 20);
        if (jobs.isEmpty() || choice < 2) {
            return create();
        }
        if (runs.isEmpty() || choice == 2) {
            return beginRun();
        }
        JobFolder job = jobs.get(random.nextInt(jobs.size()));
        return switch (choice) {
            case 3, 4, 5 -> submit(job);
            case 6, 7, 8, 9 -> claim(job);
            case 10 -> end(runs.get(random.nextInt(runs.size())));
            case 11 -> delete(job);
            case 12 -> deleteRun();
            case 13, 14 -> tell(job);
            case 20, 21 -> damage(job);
            case 22, 23 -> repair();
            default -> go(job);
        };
    }

    private String create() throws IOException {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        JobFolder job = workspace.job(type, ConfigId.parse(String.format("%032x", random.nextInt(1, 40))));
        if (jobs.stream().anyMatch(known -> known.name().equals(job.name()))) {
            return "nothing";
        }
        jobs.add(job);
        write(job);
        return "create " + job;
    }

    private void write(JobFolder job) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", job.typeId());
        config.put("version", 1);
        config.put("class", "T");
        config.put("id", job.id().toString());
        config.put("parameters", Map.of("x", random.nextInt()));
        config.put("producer", jobs.get(random.nextInt(jobs.size())).name());
        config.put("tags", tags());
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", 1);
        file.put("identifierFormat", 1);
        file.put("workspace", "../../../..");
        file.put("configurations", Map.of("t", config));
        file.put("value", "@t");
        job.write(Json.write(file), "");
    }

    private Map<String, Object> tags() {
        Map<String, Object> tags = new TreeMap<>();
        tags.put("n", (long) random.nextInt(3));
        if (random.nextBoolean()) {
            tags.put("text", TEXTS.get(random.nextInt(TEXTS.size())));
        }
        if (random.nextBoolean()) {
            tags.put("lr", random.nextBoolean() ? 0.5 : -0.0);
            tags.put("list", List.of(1L, "a"));
        }
        return tags;
    }

    private String beginRun() throws IOException {
        String experiment = EXPERIMENTS.get(random.nextInt(EXPERIMENTS.size()));
        RunFolder folder =
                workspace.experiment(experiment).newRun(Instant.ofEpochSecond(1_700_000_000L + 60L * runNumber++));
        Process process = new ProcessBuilder("cat").start();
        ProcessIdentity identity = ProcessIdentity.find(process.pid()).orElseThrow();
        folder.describe(Map.of("started", "now", RunFolder.PROCESS, identity.toJson()));
        runs.add(new LiveRun(folder, folder.openJobs(), folder.openJournal(), process));
        return "run " + folder.path();
    }

    private String submit(JobFolder job) throws IOException {
        LiveRun run = runs.get(random.nextInt(runs.size()));
        List<String> dependencies = List.of(jobs.get(0).name());
        run.list()
                .add(new RunFolder.SubmittedJob(job.typeId(), job.id(), tags(), dependencies, "local", Instant.EPOCH));
        return "submit " + job + " in " + run.folder().path();
    }

    private @Nullable ResourceUse use() {
        return random.nextBoolean()
                ? null
                : new ResourceUse(
                        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(9)),
                        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(9)),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(9)),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(9)),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(9)),
                        random.nextInt(9),
                        null);
    }

    private String claim(JobFolder job) throws IOException {
        LiveRun run = runs.get(random.nextInt(runs.size()));
        if (!(job.claim(ProcessIdentity.current(), "test") instanceof Claim.Granted granted)) {
            return "nothing";
        }
        if (random.nextBoolean()) {
            write(job);
        }
        OptionalInt attempt = OptionalInt.of(granted.attempt().number());
        run.journal().add(new RunEvent(Instant.now(), job.name(), "RUNNING", attempt, ""));
        return "claim " + job;
    }

    /** What a job's process does next: it begins, ends in one of many ways, or is killed. */
    private String go(JobFolder job) throws IOException, InterruptedException {
        return switch (job.status()) {
            case JobStatus.Starting starting -> {
                Process process = new ProcessBuilder("cat").start();
                processes.put(job.name(), process);
                ProcessIdentity identity = ProcessIdentity.find(process.pid()).orElseThrow();
                job.attempt(starting.attempt()).begin(identity, 1_700_000_000_000L);
                yield "begin " + job;
            }
            case JobStatus.Running running -> endOf(job, job.attempt(running.attempt()));
            default -> "nothing";
        };
    }

    private String endOf(JobFolder job, Attempt attempt) throws IOException, InterruptedException {
        String how = List.of("done ", "fail ", "vanish ").get(random.nextInt(3));
        if (how.equals("done ")) {
            attempt.done(1, Map.of("map", random.nextDouble(), "nan", Double.NaN), "0123", use());
        } else if (how.equals("fail ")) {
            attempt.failed(FailureCause.EXCEPTION, "no \u20ac", random.nextBoolean() ? null : 1, use());
        }
        kill(job);
        return how + job;
    }

    private void kill(JobFolder job) throws InterruptedException {
        Process process = processes.remove(job.name());
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private String tell(JobFolder job) throws IOException {
        if (!(job.status() instanceof JobStatus.Running running)) {
            return "nothing";
        }
        String value = random.nextBoolean()
                ? "\"level\":0,\"progress\":0." + random.nextInt(10) + ",\"description\":\"\""
                : "\"metric\":\"loss\",\"value\":0." + random.nextInt(10);
        Files.writeString(
                job.events(running.attempt()),
                "{\"time\":\"1970-01-01T00:00:00.001Z\"," + value + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return "values of " + job;
    }

    /** Replaces a file of the job by one that is cut off. */
    private String damage(JobFolder job) throws IOException {
        List<Path> files = List.of(job.parametersFile(), job.internalFolder().resolve("done.json"));
        Path file = files.get(random.nextInt(files.size()));
        if (!Files.exists(file) || damaged.containsKey(file)) {
            return "nothing";
        }
        damaged.put(file, Files.readAllBytes(file));
        AtomicFile.write(file, "{\"format\": ");
        return "damage " + file;
    }

    private String repair() throws IOException {
        if (damaged.isEmpty()) {
            return "nothing";
        }
        Map.Entry<Path, byte[]> next = damaged.entrySet().iterator().next();
        damaged.remove(next.getKey());
        if (!Files.exists(next.getKey())) {
            return "nothing";
        }
        AtomicFile.write(next.getKey(), next.getValue());
        return "repair " + next.getKey();
    }

    /** The run records its end, or its process is killed before. */
    private String end(LiveRun run) throws IOException, InterruptedException {
        runs.remove(run);
        run.list().close();
        run.journal().close();
        run.process().destroyForcibly().waitFor();
        if (random.nextInt(4) > 0) {
            run.folder().describe(Map.of("outcome", "DONE"));
        }
        return "end " + run.folder().path();
    }

    private String delete(JobFolder job) throws IOException, InterruptedException {
        kill(job);
        jobs.remove(job);
        deleteAll(job.path());
        return "delete " + job;
    }

    private String deleteRun() throws IOException {
        List<RunFolder> all = workspace.experiment("grid").runs();
        if (all.isEmpty()
                || runs.stream()
                        .anyMatch(run -> run.folder().name().equals(all.get(0).name()))) {
            return "nothing";
        }
        deleteAll(all.get(0).path());
        return "delete " + all.get(0).path();
    }

    static void deleteAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Waits until a change gets another time than those before: the clock of the file system goes in steps. */
    void awaitTick() throws IOException {
        Files.writeString(clock, "" + tick++);
        long before = FileStamp.look(clock).modified();
        while (FileStamp.look(clock).modified() == before) {
            Files.writeString(clock, "" + tick++);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (JobFolder job : jobs) {
            kill(job);
        }
        for (LiveRun run : runs) {
            run.list().close();
            run.journal().close();
            run.process().destroyForcibly().waitFor();
        }
    }
}
