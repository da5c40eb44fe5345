package org.experimaestro.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Isolation;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.workspace.token.TokenFolder;

/**
 * A workspace, the processes that work on it, and the ledger beside it. A test harms the processes and the files, and asks
 * {@link Laws} afterwards. Confined to one thread.
 */
final class Site implements AutoCloseable {
    /** The options of each JVM: many short ones run at once. */
    private static final String OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData";

    static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration SHORT_PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final int jobs;
    private final List<Process> plans = new ArrayList<>();
    private final Set<Long> harmed = new HashSet<>();
    private Isolation isolation = Isolation.PROCESS;
    private int slots = 4;
    private int started;

    /**
     * Makes a site.
     *
     * @param folder an empty folder
     * @param jobs the number of jobs of its plan, without the tasks that are their own results
     */
    Site(Path folder, int jobs) throws IOException {
        this.folder = folder;
        this.jobs = jobs;
        Files.createDirectories(ledger(folder));
        // A file in the place of the cache's folder: jobs start without a cache, and no training runs.
        Files.writeString(folder.resolve("cache"), "");
    }

    static Path workspace(Path site) {
        return site.resolve("workspace");
    }

    static Path ledger(Path site) {
        return site.resolve("ledger");
    }

    static Path state(Path site) {
        return site.resolve("state");
    }

    /** The folder of the user's state, with the tokens of the machine. */
    Path state() {
        return state(folder);
    }

    Path folder() {
        return folder;
    }

    Path workspace() {
        return workspace(folder);
    }

    Ledger ledger() {
        return new Ledger(ledger(folder));
    }

    int jobs() {
        return jobs;
    }

    /** Lets at most so many jobs of a plan run at once. */
    Site slots(int count) {
        slots = count;
        return this;
    }

    /** Gives the jobs of the plan processes, or workers. */
    Site isolation(Isolation wanted) {
        isolation = wanted;
        return this;
    }

    /** Starts a plan. */
    Process start() throws IOException {
        return start(PlanMain.class, List.of(), Map.of());
    }

    /** Starts a plan whose jobs are started by the shell of a host. */
    Process start(Harm harm, ShellHost jobs) throws IOException {
        return start(PlanMain.class, harm.wrapper(), harm.variables(this, OPTIONS), jobs.name());
    }

    /** Starts a plan of a test's own. */
    Process start(Class<?> main) throws IOException {
        return start(main, List.of(), Map.of());
    }

    /** Starts a plan whose jobs get the same options of the JVM as the plan. */
    Process start(Harm harm) throws IOException {
        return start(PlanMain.class, harm.wrapper(), harm.variables(this, OPTIONS));
    }

    private Process start(Class<?> main, List<String> wrapper, Map<String, String> variables, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(JvmCommand.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(folder.toString(), Integer.toString(jobs), Integer.toString(slots)));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("plan-" + ++started + ".log").toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", OPTIONS);
        builder.environment().put(PlanMain.ISOLATION, isolation.toString());
        builder.environment().putAll(variables);
        Process plan = builder.start();
        plans.add(plan);
        return plan;
    }

    /** Makes the files in which processes of another host find out where they are; a host of that name has one boot. */
    Path host(String name) throws IOException {
        Path host = Path.of(workspace() + "-" + name);
        if (!Files.exists(host)) {
            Files.createDirectories(host);
            UUID boot = UUID.nameUUIDFromBytes((folder + name).getBytes(StandardCharsets.UTF_8));
            Files.writeString(host.resolve("hostname"), name + "\n");
            Files.writeString(host.resolve("boot_id"), boot + "\n");
            Files.writeString(host.resolve("machine-id"), boot.toString().replace("-", "") + "\n");
        }
        return host;
    }

    /** The plans that run. */
    List<Process> plans() {
        return plans.stream().filter(Process::isAlive).toList();
    }

    /** Whether a plan has ended with all jobs done. */
    boolean isDone() {
        return plans.stream().anyMatch(plan -> !plan.isAlive() && plan.exitValue() == 0);
    }

    /** The processes of jobs, those that jobs have left, and workers: all that work in the workspace or a folder of it. */
    List<ProcessHandle> jobProcesses() {
        String below = workspace().resolve("jobs").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> workingFolder(process.pid()).startsWith(below)
                        || workingFolder(process.pid()).equals(workspace().toString()))
                .toList();
    }

    private static String workingFolder(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    /** What kill -9 does to a process; its job need not be done by it. */
    void kill(ProcessHandle process) {
        harmed.add(process.pid());
        process.destroyForcibly();
    }

    /** Kills a plan, and waits until it is gone. */
    void kill(Process plan) throws InterruptedException {
        kill(plan.toHandle());
        plan.waitFor();
    }

    /** Stops a process for longer than a lease, for those who look at its files: its job may be given to another one. */
    void silence(ProcessHandle process) throws IOException, InterruptedException {
        harmed.add(process.pid());
        signal("STOP", process);
    }

    /** Sends a signal that a process survives, with its job. */
    void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Kills all that runs, as when a host loses its power. */
    void killAll() throws InterruptedException {
        for (Process plan : plans()) {
            kill(plan);
        }
        // A process that was being started when it was looked for is found the next time.
        Await.until("no process is left", PATIENCE, () -> {
            jobProcesses().forEach(this::kill);
            return jobProcesses().isEmpty();
        });
    }

    /** The processes that were harmed. */
    Set<Long> harmed() {
        return harmed;
    }

    /**
     * Lets time pass for those who look at the files of claims, processes and holders of tokens: they seem that much older. A test that waited for
     * the time of a lease would take minutes.
     *
     * @param time the time; negative if a clock is set back
     * @param text only files that contain it, such as the name of a host
     */
    void pass(Duration time, String text) throws IOException {
        List<Path> files = markers("{attempt,process}-*");
        files.addAll(owners(TokenFolder.of(workspace()).path()));
        for (Path file : files) {
            try {
                if (Files.readString(file).contains(text)) {
                    FileTime shown = Files.getLastModifiedTime(file);
                    Files.setLastModifiedTime(
                            file, FileTime.from(shown.toInstant().minus(time)));
                }
            } catch (NoSuchFileException ended) {
                // A run deletes its file of tokens at its end.
            }
        }
    }

    /** Lists the files of runs that hold tokens, or have held them when they were killed. */
    List<Path> owners(Path tokens) throws IOException {
        return list(tokens, "owner-*");
    }

    /** Returns the text of all claims, which names the hosts that have had jobs. */
    String claims() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : markers("attempt-*")) {
            all.append(Files.readString(file));
        }
        return all.toString();
    }

    /** Lists markers of jobs, which never vanish while jobs run, as drafts do. */
    private List<Path> markers(String names) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path type : list(workspace().resolve("jobs"), "*")) {
            for (Path job : list(type, "*")) {
                found.addAll(list(job.resolve(".experimaestro"), names));
            }
        }
        return found;
    }

    private static List<Path> list(Path folder, String names) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
    }

    /** Runs the plan without harm, until all is done; returns the exit code. */
    int finish() throws IOException, InterruptedException {
        return await(start());
    }

    /** Waits for the end of a plan. */
    int await(Process plan) throws InterruptedException {
        if (!plan.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("A plan does not end: " + log());
        }
        return plan.exitValue();
    }

    /** Waits for the end of a plan that may be unable to end; such a plan is killed, as its user would do. */
    void awaitOrKill(Process plan) throws InterruptedException {
        if (!plan.waitFor(SHORT_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            System.out.println("Had to be killed: " + log());
            kill(plan);
        }
    }

    /** Waits for the end of all plans. */
    void awaitPlans() throws InterruptedException {
        for (Process plan : plans()) {
            await(plan);
        }
    }

    /** What the last plan has printed. */
    String log() {
        try {
            return Files.readString(folder.resolve("plan-" + started + ".log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws InterruptedException {
        killAll();
    }
}
