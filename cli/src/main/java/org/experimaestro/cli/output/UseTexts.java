package org.experimaestro.cli.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.experimaestro.base.text.EnergyText;
import org.experimaestro.monitor.detail.UseHint;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.ResourceUse;

/** The texts about the resources that jobs asked for and used. */
public final class UseTexts {
    private UseTexts() {}

    /**
     * Returns what a process used, such as {@code 3.1 GiB of memory, 3.4 GiB with cached files (cgroup), 1.2 cores on average (12 min of CPU time, 3 % of it to
     * collect garbage), 2.40 Wh of energy}. Parts that are not known are left out.
     */
    public static String of(ResourceUse use) {
        List<String> parts = new ArrayList<>();
        use.memoryBytes().ifPresent(bytes -> parts.add(ValueTexts.size(bytes) + " of memory"));
        use.cgroupMemoryBytes().ifPresent(bytes -> parts.add(ValueTexts.size(bytes) + " with cached files (cgroup)"));
        if (use.cpuSeconds().isPresent()) {
            double cpu = use.cpuSeconds().getAsDouble();
            String collected = use.gcSeconds().isPresent() && cpu > 0
                    ? ", " + ValueTexts.percent(Math.min(1, use.gcSeconds().getAsDouble() / cpu))
                            + " of it to collect garbage"
                    : "";
            String time = ValueTexts.of(Duration.ofMillis(Math.round(cpu * 1000))) + " of CPU time" + collected;
            parts.add(
                    use.busyCores().isPresent()
                            ? cores(use.busyCores().getAsDouble()) + " on average (" + time + ")"
                            : time);
        }
        EnergyUse energy = use.energy();
        if (energy != null) {
            parts.add(EnergyText.of(energy.joules(), energy.isEstimated(), energy.carbonGrams()));
        }
        return String.join(", ", parts);
    }

    /**
     * Returns what a batch system has accounted, such as {@code 3.1 GiB of memory, 12 min of CPU time in 10 min,
     * OUT_OF_MEMORY, exit code 137}. Parts that are not known are left out.
     */
    public static String of(AccountedUse use) {
        List<String> parts = new ArrayList<>();
        use.maxMemoryBytes().ifPresent(bytes -> parts.add(ValueTexts.size(bytes) + " of memory"));
        Optional<String> wall = seconds(use.wallSeconds());
        Optional<String> cpu = seconds(use.cpuSeconds()).map(time -> time + " of CPU time");
        cpu.map(time -> time + wall.map(whole -> " in " + whole).orElse(""))
                .or(() -> wall)
                .ifPresent(parts::add);
        if (!use.state().isEmpty()) {
            parts.add(use.state());
        }
        use.exitCode().ifPresent(code -> parts.add("exit code " + code));
        return String.join(", ", parts);
    }

    private static Optional<String> seconds(OptionalDouble seconds) {
        return seconds.isPresent()
                ? Optional.of(ValueTexts.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000))))
                : Optional.empty();
    }

    /**
     * Returns a hint, such as {@code 12 jobs asked for 64.0 GiB of memory and used at most 3.0 GiB (5 %): maybe less is
     * enough}.
     *
     * @param jobs the jobs with their number, such as {@code 12 jobs of tutorial.learn}
     */
    public static String of(UseHint hint, String jobs) {
        boolean isMemory = hint.resource() == UseHint.Resource.MEMORY;
        return jobs + " asked for "
                + (isMemory ? ValueTexts.size((long) hint.asked()) + " of memory" : cores(hint.asked()))
                + " and used at most "
                + (isMemory ? ValueTexts.size((long) hint.used()) : cores(hint.used()))
                + " (" + ValueTexts.percent(hint.used() / hint.asked()) + "): maybe less is enough";
    }

    private static String cores(double cores) {
        boolean isWhole = cores == Math.rint(cores);
        return isWhole && cores == 1
                ? "1 core"
                : String.format(Locale.ROOT, isWhole ? "%.0f cores" : "%.1f cores", cores);
    }
}
