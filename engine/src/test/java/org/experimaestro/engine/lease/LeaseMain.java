package org.experimaestro.engine.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/** A process that takes leases, as the runs of a user do beside each other. */
final class LeaseMain {
    private static final JobSpec.Listener SILENT = new JobSpec.Listener() {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {}
    };

    private LeaseMain() {}

    /**
     * {@code hold FOLDER NUMBER CORES}: takes cores for a job, says so, and keeps them until its input ends, without giving
     * them back. {@code take FOLDER SEED COUNT}: takes and gives back random shares, and keeps a ledger.
     */
    public static void main(String[] arguments) throws RefusedException, IOException, InterruptedException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("hold")) {
            JobFolder job = job(folder, Integer.parseInt(arguments[2]));
            leases(folder).acquire(job, LeaseFixture.cores(Integer.parseInt(arguments[3])), SILENT);
            System.out.println("held");
            while (System.in.read() >= 0) {
                // until the end
            }
            Runtime.getRuntime().halt(0);
        }
        take(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }

    static HostLeases leases(Path folder) {
        return new HostLeases(folder);
    }

    static JobFolder job(Path folder, int number) {
        return Workspace.open(folder.resolve("workspace"))
                .job("trial.step", ConfigId.parse("%016x%016x".formatted(number, 1)));
    }

    /** Each line says what is held less than it is: taken a moment before, and given back a moment later. */
    static void take(Path folder, int seed, int count) throws RefusedException, IOException, InterruptedException {
        Random random = new Random(seed);
        Path go = folder.resolve("go");
        tell(folder.resolve("ready"), Integer.toString(seed));
        Poll.until("all are there", () -> Files.exists(go));
        HostLeases leases = leases(folder);
        for (int i = 0; i < count; i++) {
            int cores = random.nextInt(LeaseFixture.CORES);
            long memory = random.nextInt((int) LeaseFixture.MEMORY + 1);
            int large = random.nextInt(LeaseFixture.LARGE + 1);
            Map<String, Integer> accelerators = new TreeMap<>(Map.of("large", large, "small", random.nextInt(2)));
            Placement placement = LeaseFixture.placement(cores, memory, accelerators);
            JobFolder job = job(folder, seed * 1_000 + i);
            try (HostLeases.Lease lease = leases.acquire(job, placement, SILENT)) {
                String devices = lease.environment().getOrDefault("CUDA_VISIBLE_DEVICES", "none");
                tell(folder.resolve("ledger"), "+ " + cores + " " + memory + " " + devices);
                tell(folder.resolve("ledger"), "- " + cores + " " + memory + " " + devices);
            }
        }
    }

    /** One write in append mode: lines of several processes do not mix (write(2), O_APPEND). */
    private static void tell(Path file, String line) throws IOException {
        Files.write(
                file,
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
