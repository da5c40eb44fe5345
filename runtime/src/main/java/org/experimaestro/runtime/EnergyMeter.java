package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.ProcessUse;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * The meter of the energy that a job uses: of the machine's counters, a share by CPU time; where there are none, an estimate
 * from CPU time and memory. The power of the job's graphics cards is added. Nothing is opened before the first look.
 * Confined to one thread at a time.
 */
final class EnergyMeter {
    /** The power of a busy core, with its part of the processor, in watts. */
    static final double CORE_WATTS = 12;

    /** The power of a gibibyte of memory, in watts. */
    static final double MEMORY_WATTS = 0.375;

    private static final double GIB = 1L << 30;
    private static final double NANOS = 1e9;
    private static final double JOULES_PER_KWH = 3.6e6;

    private final boolean isOff;
    private final double gramsPerKwh;
    private final Path counterFolder;
    private final GpuPower cards;
    private @Nullable RaplCounters counters;
    private double ownSeconds;
    private double machineSeconds;
    private double measured;
    private double cardJoules;
    private double cardWatts;
    private long cardNanos;

    /**
     * Creates the meter of this process.
     *
     * @param variables the environment of the process
     * @param counterFolder the folder of the machine's counters
     */
    EnergyMeter(Map<String, String> variables, Path counterFolder) {
        this.isOff = JobVariables.OFF.equals(variables.get(JobVariables.ENERGY));
        this.gramsPerKwh = number(variables.get(JobVariables.CARBON));
        this.counterFolder = counterFolder;
        this.cards = new GpuPower(variables.get("CUDA_VISIBLE_DEVICES"));
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? -1 : Double.parseDouble(text);
        } catch (NumberFormatException damaged) {
            return -1;
        }
    }

    /** Looks at the counters, and asks for the power of the cards. */
    void look() {
        if (!isOff) {
            addCounters(true);
            addCards(System.nanoTime());
            cardWatts = cards.look();
        }
    }

    /** Adds the energy of the cards since the last look, by the power that was known then. */
    private void addCards(long now) {
        if (cardWatts > 0) {
            cardJoules += cardWatts * (now - cardNanos) / NANOS;
        }
        cardNanos = now;
    }

    private void addCounters(boolean mayOpen) {
        RaplCounters open = counters;
        if (open == null) {
            if (mayOpen) {
                counters = RaplCounters.find(counterFolder);
                ownSeconds = ProcessUse.cpuSecondsOfTree();
                machineSeconds = ProcessUse.cpuSecondsOfMachine();
            }
            return;
        }
        if (!open.isThere()) {
            return;
        }
        double own = ProcessUse.cpuSecondsOfTree();
        double machine = ProcessUse.cpuSecondsOfMachine();
        try {
            measured += open.joules() * share(own - ownSeconds, machine - machineSeconds);
        } catch (IOException gone) {
            counters = RaplCounters.find(counterFolder);
        }
        ownSeconds = own;
        machineSeconds = machine;
    }

    /** Returns the part of the machine's busy time that is the job's. */
    static double share(double own, double machine) {
        return machine <= 0 ? 0 : Math.max(0, Math.min(1, own / machine));
    }

    /**
     * Returns the energy so far.
     *
     * @param use the other resources
     * @return the energy; {@code null} if it is not to be measured, or neither counters nor CPU time are known
     */
    @Nullable
    EnergyUse measure(ResourceUse use) {
        if (isOff) {
            return null;
        }
        addCounters(false);
        addCards(System.nanoTime());
        RaplCounters open = counters;
        boolean isMeasured = open != null && open.isThere() && measured > 0;
        if (!isMeasured && use.cpuSeconds().isEmpty()) {
            return null;
        }
        double joules = (isMeasured ? measured : estimate(use)) + cardJoules;
        OptionalDouble grams =
                gramsPerKwh < 0 ? OptionalDouble.empty() : OptionalDouble.of(joules / JOULES_PER_KWH * gramsPerKwh);
        return new EnergyUse(joules, !isMeasured, grams);
    }

    private static double estimate(ResourceUse use) {
        return use.cpuSeconds().orElse(0) * CORE_WATTS
                + use.memoryBytes().orElse(0) / GIB * MEMORY_WATTS * use.wallSeconds();
    }
}
