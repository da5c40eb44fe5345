package org.experimaestro.benchmarks.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.experimaestro.benchmarks.IdentifierBenchmark;
import org.experimaestro.benchmarks.ManyJobs;
import org.experimaestro.benchmarks.WarmTrees;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows of the table. Each measures ours and its peer in turn, some times, and takes medians. */
final class Rows {
    static final String SLURM = "slurm";

    private static final int PAIRS = 5;
    private static final int MANY = 100_000;
    private static final String PROCESSES = "processes";
    private static final String WORKERS = "workers";

    private final Lab lab;

    private Rows(Lab lab) {
        this.lab = lab;
    }

    /** A command, or several, with its cost. */
    @FunctionalInterface
    private interface Run {
        Lab.Cost cost() throws Exception;
    }

    static List<Row> of(Lab lab) {
        Rows rows = new Rows(lab);
        ToDoubleFunction<Lab.Cost> wall = Lab.Cost::wall;
        Plans plans = new Plans(lab);
        return List.of(
                Row.of(
                        "identifiers",
                        "identifier of a tree: 4 configurations, 28 fields",
                        "us",
                        15,
                        5,
                        Rows::identifier),
                Row.of(
                        "start",
                        "job of nothing in its own JVM, CPU of everything",
                        "B",
                        1.4,
                        1.2,
                        () -> rows.inBare(
                                3,
                                Lab.Cost::cpu,
                                () -> lab.plan(PROCESSES, lab.workspace(), 200).per(200))),
                Row.of(
                        "chain",
                        "hop of a chain, own JVM, wall",
                        "B",
                        1.3,
                        1.1,
                        () -> rows.inBare(3, wall, () -> rows.hop(PROCESSES, 10, 50))),
                rows.rate(),
                Row.of("workers", "hop of a chain in warm workers", "ms", 5, 1, () -> rows.hops()),
                rows.programs(),
                Row.of("again", "nothing to do: 1,000 jobs", "B", 5, 3, () -> rows.again(1_000, true)),
                Row.of("again", "nothing to do: 100,000 jobs", "s", 4, 2, () -> rows.again(MANY, false)),
                Row.of("dry", "dry run of 10,000", "B", 9, 6, () -> rows.dry(10_000, true)),
                Row.of("dry", "dry run of 100,000", "s", 4, 2.5, () -> rows.dry(MANY, false)),
                Row.of("plan", "100,000 jobs in three layers, warm: heap", "MB", 512, 256, () -> plans.heap(MANY)),
                Row.of("plan", "the same: CPU of the plan's process, a job", "ms", 1, 0.3, () -> plans.cpu(MANY)),
                Row.of("plan", "the same: growth of that from 1,000 jobs", "x", 1.3, 1.1, () -> plans.growth(MANY)),
                Row.of("jobs-list", "jobs list of 100,000, filtered, second look", "s", 1.5, 0.7, rows::list),
                Row.of("commands", "--version", "B", 2.5, 1.5, () -> rows.inBare(wall, () -> lab.command("--version"))),
                Row.of("commands", "--help", "B", 2.5, 1.5, () -> rows.inBare(wall, () -> lab.command("--help"))),
                Row.of("commands", "completion of a command", "B", 2.5, 1.5, rows::completion),
                Row.of(SLURM, "300 empty jobs in three layers on Slurm", "x", 1.5, 1.1, () -> new SlurmRow(lab).run()));
    }

    private Row rate() {
        int jobs = 10_000;
        return new Row(
                "workers", "job of nothing in a warm worker, fan-out of 10,000", "/s", 1_200, 3_000, true, () -> {
                    List<Double> rates = new ArrayList<>();
                    List<Double> peers = new ArrayList<>();
                    String makefile = "all: $(shell seq " + jobs + ")\n.PHONY: all\n%:\n\t@/bin/true\n";
                    for (int i = 0; i < 3; i++) {
                        if (Lab.has("make")) {
                            Files.writeString(lab.file("Makefile"), makefile);
                            peers.add(jobs
                                    * 1000
                                    / lab.shell("make -s -j2 -f Makefile all").wall());
                        }
                        rates.add(jobs
                                * 1000
                                / lab.plan(WORKERS, lab.workspace(), jobs).wall());
                    }
                    return new Row.Seen(
                            median(rates),
                            peers.isEmpty()
                                    ? "no peer: apt-get install make"
                                    : format("make -j2 of /bin/true: %.0f /s", median(peers)));
                });
    }

    private Row programs() {
        int jobs = 1_000;
        return Row.of("programs", "external command as a job, fan-out of 1,000", "ms", Double.NaN, 2, () -> {
            List<Double> ours = new ArrayList<>();
            List<Double> peers = new ArrayList<>();
            if (!Lab.has("parallel")) {
                throw new Row.Missing("GNU parallel is missing", "apt-get install parallel");
            }
            for (int i = 0; i < 3; i++) {
                peers.add(lab.shell("seq " + jobs + " | parallel -j2 true").wall() / jobs);
                ours.add(lab.plan(WORKERS, lab.workspace(), jobs, "-c", "program=true")
                                .wall()
                        / jobs);
            }
            double peer = median(peers);
            return new Row.Seen(
                    median(ours), peer, format("GNU parallel: %.2f ms, so %.2f of it", peer, median(ours) / peer));
        });
    }

    private static Row.Seen identifier() throws RunnerException {
        var options = new OptionsBuilder()
                .include(IdentifierBenchmark.class.getSimpleName())
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.SECONDS)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("--sun-misc-unsafe-memory-access=allow")
                .build();
        double perSecond = new Runner(options).runSingle().getPrimaryResult().getScore();
        return new Row.Seen(
                WarmTrees.cpuMicros(), format("CPU, after warm-up; by the clock (JMH): %.2f us", 1e6 / perSecond));
    }

    private Row.Seen inBare(ToDoubleFunction<Lab.Cost> part, Run run) throws Exception {
        return inBare(PAIRS, part, run);
    }

    /** Measures a bare JVM and ours in turn, and returns the median of the ratios. */
    private Row.Seen inBare(int pairs, ToDoubleFunction<Lab.Cost> part, Run run) throws Exception {
        List<Double> ratios = new ArrayList<>();
        List<Lab.Cost> bare = new ArrayList<>();
        List<Lab.Cost> ours = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            bare.add(lab.bare());
            ours.add(run.cost());
            ratios.add(part.applyAsDouble(ours.get(i)) / part.applyAsDouble(bare.get(i)));
        }
        return new Row.Seen(median(ratios), text(ours) + "; a bare JVM " + text(bare));
    }

    private static String text(List<Lab.Cost> costs) {
        return format(
                "%.1f ms, CPU %.1f ms",
                median(costs.stream().map(Lab.Cost::wall).toList()),
                median(costs.stream().map(Lab.Cost::cpu).toList()));
    }

    /** Returns the cost of a hop, without the cost of the plan's start: a long chain is compared with a short one. */
    private Lab.Cost hop(String settings, int few, int many) throws IOException, InterruptedException {
        Lab.Cost start = lab.plan(settings, lab.workspace(), few, "-c", "shape=chain");
        return lab.plan(settings, lab.workspace(), many, "-c", "shape=chain")
                .minus(start)
                .per(many - few);
    }

    private Row.Seen hops() throws Exception {
        List<Double> hops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hops.add(hop(WORKERS, 100, 1_100).wall());
        }
        return new Row.Seen(
                median(hops), format("a bare JVM: %.1f ms", lab.bare().wall()));
    }

    private Row.Seen again(int count, boolean inBare) throws Exception {
        Path workspace = lab.workspace();
        lab.plan(PROCESSES, workspace, count, "--run-mode", "generate");
        lab.program(FinishedJobs.class, workspace.toString());
        lab.plan(PROCESSES, workspace, count);
        return whole(() -> lab.plan(PROCESSES, workspace, count), "0 executed", inBare);
    }

    private Row.Seen dry(int count, boolean inBare) throws Exception {
        Path workspace = lab.workspace();
        return whole(
                () -> lab.plan(PROCESSES, workspace, count, "--run-mode", "dry-run"), "Nothing was written", inBare);
    }

    private Row.Seen whole(Run run, String expected, boolean inBare) throws Exception {
        run.cost();
        if (!lab.printed().contains(expected)) {
            String printed = lab.printed().strip();
            throw new IOException("The command did not print \"" + expected + "\", but at last: "
                    + printed.substring(printed.lastIndexOf('\n') + 1));
        }
        if (inBare) {
            return inBare(Lab.Cost::wall, run);
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Lab.Cost cost = run.cost();
            seconds.add(cost.wall() / 1000);
            cpu.add(cost.cpu() / 1000);
        }
        return new Row.Seen(median(seconds), format("%.1f s of CPU", median(cpu)));
    }

    private Row.Seen list() throws Exception {
        Path workspace = lab.workspace();
        lab.program(ManyJobs.class, workspace.toString(), Integer.toString(MANY));
        // The index stores nothing that was written within the last minute.
        Thread.sleep(TimeUnit.SECONDS.toMillis(63));
        Run look = () -> lab.command("jobs", "list", "--workdir", workspace.toString(), "--tags", "tag3=7");
        look.cost();
        return whole(look, "bench.task", false);
    }

    private Row.Seen completion() throws Exception {
        lab.command("completion", "bash");
        Path script = Files.writeString(
                lab.file("complete.bash"),
                lab.printed()
                        + "\nCOMP_WORDS=(experimaestro jo); COMP_CWORD=1\n_experimaestro\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
        lab.shell("bash '" + script + "'");
        if (!lab.printed().contains("jobs")) {
            throw new IOException(
                    "jo was not completed to jobs, but to: " + lab.printed().strip());
        }
        return inBare(Lab.Cost::wall, () -> lab.shell("bash '" + script + "'"));
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, Arrays.copyOf(values, values.length));
    }
}
