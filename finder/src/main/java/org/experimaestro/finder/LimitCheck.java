package org.experimaestro.finder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.finder.FileLauncher.Limits;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.Quantities;

/** A check that a job is within the limits of a partition. */
final class LimitCheck {
    private final List<String> reasons = new ArrayList<>();

    private LimitCheck() {}

    /**
     * Checks the limits.
     *
     * @param memory bytes of main memory for the job
     * @return all reasons against the job
     */
    static List<String> reasons(Limits limits, Alternative asked, long memory) {
        var check = new LimitCheck();
        int count = asked.accelerators().size();
        Duration duration = asked.duration().orElse(Duration.ZERO);
        limits.duration()
                .filter(most -> duration.compareTo(most) > 0)
                .ifPresent(most ->
                        check.atMost("duration", Quantities.durationText(duration), Quantities.durationText(most)));
        limits.cores().ifPresent(most -> check.atMost("cores", asked.cores(), most));
        if (limits.memory().isPresent() && memory > limits.memory().getAsLong()) {
            check.atMost(
                    "memory",
                    Quantities.sizeText(memory),
                    Quantities.sizeText(limits.memory().getAsLong()));
        }
        if (count < limits.leastAccelerators()) {
            check.reasons.add("accelerators: %s asked, at least %d"
                    .formatted(count == 0 ? "none" : count, limits.leastAccelerators()));
        }
        limits.mostAccelerators().ifPresent(most -> check.atMost("accelerators", count, most));
        if (limits.exclusive().isPresent() && limits.exclusive().get() != asked.exclusive()) {
            check.reasons.add(
                    asked.exclusive()
                            ? "exclusive: asked, hosts are always shared"
                            : "exclusive: not asked, only whole hosts are given");
        }
        return check.reasons;
    }

    private void atMost(String what, int asked, int most) {
        if (asked > most) {
            atMost(what, String.valueOf(asked), String.valueOf(most));
        }
    }

    private void atMost(String what, String asked, String most) {
        reasons.add("%s: %s asked, at most %s".formatted(what, asked, most));
    }
}
