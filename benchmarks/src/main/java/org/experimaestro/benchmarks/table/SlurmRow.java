package org.experimaestro.benchmarks.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The row of a real Slurm: three layers of a hundred jobs, as a plan and as three bare arrays. */
final class SlurmRow {
    private static final int LAYER = 100;

    private final Lab lab;

    SlurmRow(Lab lab) {
        this.lab = lab;
    }

    Row.Seen run() throws Exception {
        if (!Lab.has("sbatch")) {
            throw new Row.Missing(
                    "There is no sbatch", "eval \"$(test-support/cluster/slurm-up)\" starts a Slurm here");
        }
        Files.writeString(
                Files.createDirectories(lab.file("config/experimaestro")).resolve("launchers.yaml"),
                "launchers:\n  table: {type: slurm}\n");
        String array = "sbatch --parsable --output=/dev/null --array=0-" + (LAYER - 1);
        String arrays = "set -e; a=$(" + array + " --wrap true); b=$(" + array
                + " --dependency=aftercorr:$a --wrap true); " + array + " --dependency=aftercorr:$b --wait --wrap true";
        List<Double> ratios = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double bare = lab.shell(arrays).wall();
            ours.add(plan() / 1000);
            ratios.add(ours.get(i) * 1000 / bare);
        }
        return new Row.Seen(Rows.median(ratios), Rows.format("%.1f s", Rows.median(ours)));
    }

    private double plan() throws IOException, InterruptedException {
        return lab.plan("processes", lab.workspace(), 3 * LAYER, "-c", "shape=layers", "-c", "launcher=table")
                .wall();
    }
}
