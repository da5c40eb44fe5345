package org.experimaestro.benchmarks.table;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.experimaestro.base.text.NearName;
import org.experimaestro.core.json.Json;

/** The program that measures the rows, prints each as soon as it is measured, and writes all of them as JSON. */
public final class Table {
    private static final String LINE = "%-52s %12s %10s %10s  %-4s  %s%n";

    private Table() {}

    /**
     * Measures the rows.
     *
     * @param arguments the clone, the start script, and the names of rows; {@code list} prints the names
     * @throws Exception if the scratch folder cannot be used
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        try (Lab lab = new Lab(root, arguments[1])) {
            List<Row> rows = Rows.of(lab);
            Set<String> chosen = chosen(rows, Arrays.asList(arguments).subList(2, arguments.length));
            if (chosen.contains("list")) {
                rows.forEach(row -> System.out.printf("%-12s %s%n", row.group(), row.what()));
                return;
            }
            measure(
                    lab,
                    rows.stream().filter(row -> chosen.contains(row.group())).toList(),
                    root);
        }
    }

    private static Set<String> chosen(List<Row> rows, List<String> words) {
        Set<String> groups = new LinkedHashSet<>();
        rows.forEach(row -> groups.add(row.group()));
        for (String word : words) {
            if (!groups.contains(word) && !word.equals("list")) {
                System.err.println("Cannot measure the row \"" + word + "\": the rows are " + String.join(", ", groups)
                        + NearName.find(word, List.copyOf(groups))
                                .map(name -> "; did you mean " + name + "?")
                                .orElse(""));
                System.exit(2);
            }
        }
        if (!words.isEmpty()) {
            return Set.copyOf(words);
        }
        if (!Lab.has("sbatch")) {
            groups.remove(Rows.SLURM);
        }
        return groups;
    }

    private static void measure(Lab lab, List<Row> rows, Path root) throws Exception {
        Map<String, Object> machine = machine();
        machine.forEach((name, value) -> System.out.println(name + ": " + value));
        lab.warmUp();
        Lab.Cost bare = lab.bare();
        System.out.printf(
                Locale.ROOT, "B, the start of a bare JVM: wall %.1f ms, CPU %.1f ms%n%n", bare.wall(), bare.cpu());
        System.out.printf(LINE, "what", "seen", "must", "aim", "met", "of");
        List<Object> results = new ArrayList<>();
        for (Row row : rows) {
            results.add(measure(row));
        }
        machine.put("load at the end", load());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("bareWallMillis", bare.wall());
        json.put("bareCpuMillis", bare.cpu());
        json.put("rows", results);
        Path file = Files.createDirectories(root.resolve("benchmarks/target")).resolve("table.json");
        Files.writeString(file, Json.write(json));
        System.out.println("\nload average at the end: " + load() + "\nwritten: " + file);
    }

    private static Map<String, Object> measure(Row row) throws InterruptedException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("group", row.group());
        json.put("what", row.what());
        json.put("unit", row.unit());
        json.put("must", Double.isNaN(row.must()) ? "the peer" : row.must());
        json.put("aim", row.aim());
        json.put("load", load());
        String seen = "-";
        String met = "?";
        String details;
        try {
            Row.Seen result = row.measure().run();
            seen = row.text(result.value());
            double must = Double.isNaN(row.must()) ? result.must() : row.must();
            met = row.isMet(result.value(), row.aim()) ? "aim" : row.isMet(result.value(), must) ? "must" : "no";
            details = result.details();
            json.put("seen", result.value());
            json.put("met", met);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failed) {
            details = String.valueOf(failed.getMessage());
        }
        json.put("details", details);
        System.out.printf(LINE, row.what(), seen, row.text(row.must()), row.text(row.aim()), met, details);
        return json;
    }

    private static Map<String, Object> machine() throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("time", Instant.now().toString());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        Path cpus = Path.of("/proc/cpuinfo");
        if (Files.isReadable(cpus)) {
            Files.readAllLines(cpus).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .ifPresent(line -> machine.put("processor", line.substring(line.indexOf(':') + 2)));
        }
        machine.put("JDK", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        machine.put("load average", load());
        return machine;
    }

    private static double load() {
        return Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 100) / 100.0;
    }
}
