package org.experimaestro.benchmarks.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The runs of three layers in warm workers, each of which several rows look at. Confined to one thread. */
final class Plans {
    private final Lab lab;
    private final Map<Integer, Lab.PlanCost> costs = new HashMap<>();

    Plans(Lab lab) {
        this.lab = lab;
    }

    Row.Seen heap(int count) throws IOException, InterruptedException {
        Lab.PlanCost cost = of(count);
        return new Row.Seen(
                cost.heapBytes() / 1e6,
                Rows.format("the most after a collection; the whole run took %.0f s", cost.wall() / 1000));
    }

    Row.Seen cpu(int count) throws IOException, InterruptedException {
        return new Row.Seen(of(count).cpu() / count, "without the workers");
    }

    /** Compares the last nine tenths of the jobs with those from a hundredth to a tenth, without the plan's start. */
    Row.Seen growth(int count) throws IOException, InterruptedException {
        double large = (of(count).cpu() - of(count / 10).cpu()) / (count - count / 10);
        double small = (of(count / 10).cpu() - of(count / 100).cpu()) / (count / 10 - count / 100);
        return new Row.Seen(large / small, Rows.format("%.2f ms a job, and %.2f ms", small, large));
    }

    private Lab.PlanCost of(int count) throws IOException, InterruptedException {
        Lab.PlanCost known = costs.get(count);
        if (known == null) {
            Path workspace = lab.workspace();
            known = lab.planProcess("workers", workspace, count, List.of("-c", "shape=layers"));
            costs.put(count, known);
        }
        return known;
    }
}
