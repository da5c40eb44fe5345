package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The energy counters of the machine's processors and memory, which Linux shows as files (powercap, RAPL). Many machines
 * let only root read them, and have none then. The counters begin anew at their range, so they are read more often than
 * that happens. Confined to one thread.
 */
final class RaplCounters {
    /** The folder of the counters. */
    static final Path FOLDER = Path.of("/sys/class/powercap");

    private static final double MICRO = 1e-6;
    private static final String PREFIX = "intel-rapl:"; // AMD's processors have this name, too
    private static final String ENERGY = "energy_uj";
    private static final String MEMORY = "dram";
    private static final String PLATFORM = "psys"; // it includes the processors, which would count twice

    private final List<Counter> counters;

    private static final class Counter {
        private final Path file;
        private final long range;
        private long last;

        Counter(Path file, long range, long first) {
            this.file = file;
            this.range = range;
            this.last = first;
        }
    }

    private RaplCounters(List<Counter> counters) {
        this.counters = counters;
    }

    /**
     * Finds the counters: those of whole processors, and those of memory below them.
     *
     * @param folder the folder with a folder for each counter
     * @return the counters, none of which may be readable
     */
    static RaplCounters find(Path folder) {
        List<Counter> counters = new ArrayList<>();
        try (DirectoryStream<Path> zones = Files.newDirectoryStream(folder)) {
            for (Path zone : zones) {
                String name = zone.getFileName().toString();
                if (!name.startsWith(PREFIX)) {
                    continue;
                }
                String label = text(zone.resolve("name"));
                boolean isTop = name.indexOf(':', PREFIX.length()) < 0;
                if (isTop && !label.equals(PLATFORM) || label.equals(MEMORY)) {
                    Path file = zone.resolve(ENERGY);
                    counters.add(
                            new Counter(file, Long.parseLong(text(zone.resolve("max_energy_range_uj"))), read(file)));
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException none) {
            return new RaplCounters(List.of()); // a part of them would be too little, and look like all
        }
        return new RaplCounters(counters);
    }

    /** Returns whether the machine has counters that this process may read. */
    boolean isThere() {
        return !counters.isEmpty();
    }

    /**
     * Returns the energy since the last call, or since the counters were found.
     *
     * @return joules, of the whole machine
     * @throws IOException if a counter cannot be read any longer
     */
    double joules() throws IOException {
        double joules = 0;
        for (Counter counter : counters) {
            long now = read(counter.file);
            long grown = now - counter.last;
            joules += (grown < 0 ? grown + counter.range : grown) * MICRO;
            counter.last = now;
        }
        return joules;
    }

    private static long read(Path file) throws IOException {
        try {
            return Long.parseLong(text(file));
        } catch (NumberFormatException damaged) {
            throw new IOException(file + " has no number", damaged);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }
}
