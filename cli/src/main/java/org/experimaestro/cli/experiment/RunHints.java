package org.experimaestro.cli.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.cli.output.UseTexts;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.monitor.detail.AskedUse;
import org.experimaestro.monitor.detail.EnergySum;
import org.experimaestro.monitor.detail.UseHint;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.JobCount;

/** The lines at the end of a run about what its jobs used: their energy, and a hint that they asked for much more. */
final class RunHints {
    private RunHints() {}

    /** The jobs of one type that asked for the same. */
    private record Group(String type, long memory, int cores) {}

    /** Returns one line about the energy of the jobs that the run has executed; empty if none has measured it. */
    static Optional<String> energy(RunAccount account) {
        return EnergySum.of(account.jobs().stream()
                        .filter(job -> job.count() == JobCount.EXECUTED)
                        .flatMap(job -> job.status().findUse().stream()))
                .map(sum -> "Used: " + sum.text());
    }

    /** Returns one line about the largest group of jobs with such a hint; empty if there is none. */
    static Optional<String> line(RunAccount account) {
        Map<Group, List<AskedUse>> groups = new LinkedHashMap<>();
        for (RunAccount.Job job : account.jobs()) {
            Placement placement = job.task().placement();
            if (job.count() == JobCount.EXECUTED && placement != null) {
                Resources asked = placement.resources();
                job.status()
                        .findUse()
                        .ifPresent(use -> groups.computeIfAbsent(
                                        new Group(job.task().typeId(), asked.memory(), asked.cores()),
                                        group -> new ArrayList<>())
                                .add(new AskedUse(asked.memory(), asked.cores(), use)));
            }
        }
        String line = "";
        int most = 0;
        for (Map.Entry<Group, List<AskedUse>> group : groups.entrySet()) {
            for (UseHint hint : UseHint.of(group.getValue())) {
                if (hint.jobs() > most) {
                    most = hint.jobs();
                    line = "Hint: "
                            + UseTexts.of(
                                    hint,
                                    hint.jobs() + " jobs of " + group.getKey().type());
                }
            }
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }
}
