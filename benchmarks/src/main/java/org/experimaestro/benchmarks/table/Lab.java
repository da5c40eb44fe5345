package org.experimaestro.benchmarks.table;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.experimaestro.base.file.Folders;

/**
 * The place of the measurements: a scratch folder with caches of its own, and the commands that are measured in it. Confined
 * to one thread.
 */
final class Lab implements AutoCloseable {
    private static final int STARTS = 10;
    private static final int LAST_LINES = 4;
    /** The heap after a collection, in a line of -Xlog:gc. */
    private static final Pattern AFTER = Pattern.compile("->(\\d+)M\\(");

    private static final double MILLIS = 1000;

    private final Path root;
    private final String program;
    private final Path scratch;
    private final Path output;
    private final String java;
    private int workspaces;

    /**
     * Makes the place.
     *
     * @param root the clone
     * @param program the start script
     */
    Lab(Path root, String program) throws IOException {
        this.root = root;
        this.program = program;
        this.scratch = Files.createTempDirectory("experimaestro-table-");
        this.output = scratch.resolve("out");
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path bare = Files.writeString(
                Files.createDirectory(scratch.resolve("bare")).resolve("Bare.java"),
                "public class Bare { public static void main(String[] a) { System.out.println(\"hello\"); } }");
        ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", bare.getParent().toString(), bare.toString());
    }

    /**
     * The cost of a command with all processes that it waits for.
     *
     * @param wall milliseconds
     * @param cpu user and system time, milliseconds
     */
    record Cost(double wall, double cpu) {
        Cost per(double count) {
            return new Cost(wall / count, cpu / count);
        }

        Cost minus(Cost other) {
            return new Cost(wall - other.wall, cpu - other.cpu);
        }
    }

    /** Returns the cost of the start of a bare JVM, of some in turn. */
    Cost bare() throws IOException, InterruptedException {
        return shell("for i in {1.." + STARTS + "}; do '" + java + "' -cp '" + scratch.resolve("bare") + "' Bare; done")
                .per(STARTS);
    }

    /** Returns the cost of a command of Experimaestro. */
    Cost command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(words));
        return time(command);
    }

    /**
     * Returns the cost of a run of the table's plan.
     *
     * @param settings {@code processes} or {@code workers}
     * @param workspace the workspace's folder
     * @param count how many jobs
     * @param options more options
     */
    Cost plan(String settings, Path workspace, int count, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run-experiment", "--workdir", workspace.toString()));
        words.addAll(List.of("-c", "count=" + count));
        words.addAll(Arrays.asList(options));
        words.add(root.resolve("benchmarks/table").resolve(settings + ".yaml").toString());
        return command(words.toArray(String[]::new));
    }

    /** Makes the caches of the command and of jobs, as a user's second run does. */
    void warmUp() throws IOException, InterruptedException {
        Path workspace = workspace();
        for (int i = 0; i < 2; i++) {
            plan("processes", workspace, 1);
        }
        Path caches = scratch.resolve("cache/experimaestro/aot");
        for (int tries = 0; tries < 300; tries++) {
            try (var files = Files.walk(caches)) {
                if (files.filter(file -> file.toString().endsWith(".aot")).count() >= 2) {
                    return;
                }
            } catch (UncheckedIOException | NoSuchFileException changed) {
                // A training has deleted its files meanwhile.
            }
            Thread.sleep(200);
        }
        throw new IOException("The start caches were not made within a minute, in " + caches);
    }

    /** Returns the name of a new workspace. */
    Path workspace() {
        return scratch.resolve("work-" + ++workspaces);
    }

    /** Returns a new file's path. */
    Path file(String name) {
        return scratch.resolve(name);
    }

    /** Returns the cost of a line of bash. */
    Cost shell(String line) throws IOException, InterruptedException {
        return time(List.of("bash", "-c", line));
    }

    /** Returns the cost of one of this module's programs, in a JVM of its own. */
    Cost program(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(Arrays.asList(arguments));
        return time(command);
    }

    /** Returns what the last command has printed. */
    String printed() throws IOException {
        return Files.readString(output);
    }

    /** Returns whether a command can be found. */
    static boolean has(String command) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, command))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The cost of a plan's process alone, without what it starts.
     *
     * @param wall milliseconds
     * @param cpu milliseconds
     * @param heapBytes the largest heap in use after a collection of garbage
     */
    record PlanCost(double wall, double cpu, double heapBytes) {}

    /** Returns the cost of a plan's process, which is looked at until it ends. */
    PlanCost planProcess(String settings, Path workspace, int count, List<String> options)
            throws IOException, InterruptedException {
        Path log = scratch.resolve("gc-" + count);
        List<String> words = new ArrayList<>(List.of(program, "run-experiment", "--workdir", workspace.toString()));
        words.addAll(List.of("-c", "count=" + count));
        words.addAll(options);
        words.add(root.resolve("benchmarks/table").resolve(settings + ".yaml").toString());
        ProcessBuilder builder = prepared(words);
        builder.environment().put("EXPERIMAESTRO_OPTS", "-Xlog:gc:file=" + log);
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        double ticks = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            ticks = Math.max(ticks, ticks(process.pid()));
        }
        double wall = (System.nanoTime() - start) / 1e6;
        refuse(process.exitValue(), words);
        double heap = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher sizes = AFTER.matcher(line);
            if (sizes.find()) {
                heap = Math.max(heap, Double.parseDouble(sizes.group(1)) * (1 << 20));
            }
        }
        return new PlanCost(wall, ticks * 10, heap);
    }

    /** Returns the user and system time of a process, in hundredths of a second (proc(5)); 0 if it has ended. */
    private static double ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        } catch (IOException ended) {
            return 0;
        }
    }

    private Cost time(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(
                List.of("bash", "-c", "TIMEFORMAT='%3R %3U %3S'; time \"$@\" >\"$TABLE_OUTPUT\" 2>&1", "bash"));
        timed.addAll(command);
        Process process = prepared(timed).start();
        String times = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        refuse(process.waitFor(), command);
        String[] parts = times.substring(times.lastIndexOf('\n') + 1).split(" ");
        return new Cost(
                Double.parseDouble(parts[0]) * MILLIS,
                (Double.parseDouble(parts[1]) + Double.parseDouble(parts[2])) * MILLIS);
    }

    private ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(scratch.toFile()).redirectInput(new File("/dev/null"));
        Map<String, String> variables = builder.environment();
        variables.put("TABLE_OUTPUT", output.toString());
        variables.put("LC_ALL", "C.UTF-8");
        for (String kind : List.of("cache", "config", "state")) {
            variables.put(
                    "XDG_" + kind.toUpperCase(Locale.ROOT) + "_HOME",
                    scratch.resolve(kind).toString());
        }
        variables.remove("EXPERIMAESTRO_CONFIG");
        return builder;
    }

    private void refuse(int exitCode, List<String> command) throws IOException {
        if (exitCode != 0) {
            List<String> lines = printed().strip().lines().toList();
            throw new IOException(command.get(command.size() - 1) + " failed: "
                    + String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(scratch);
    }
}
