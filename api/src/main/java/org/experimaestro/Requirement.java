package org.experimaestro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.Combination;
import org.experimaestro.requirement.Items;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.requirement.RequirementParser;
import org.experimaestro.requirement.RequirementPrinter;
import org.experimaestro.requirement.RequirementSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks of the machine that it runs on: one or more alternatives, the preferred one first. Immutable.
 *
 * <p>It is written as a text, {@code duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4) | …}, or built:
 *
 * <pre>{@code
 * Requirement.duration(Duration.ofDays(2)).and(Requirement.cuda("16G").times(4)).and(Requirement.cpu(4, "400M"))
 * }</pre>
 */
public final class Requirement {
    private final List<Alternative> alternatives;

    private Requirement(List<Alternative> alternatives) {
        this.alternatives = List.copyOf(alternatives);
    }

    /**
     * Reads a requirement. Its language is described in {@code docs/requirements.md}.
     *
     * @param text alternatives joined by {@code |}, the preferred one first, each with items joined by {@code &}
     * @return the requirement
     * @throws LaunchException if the text is not one: it shows all problems with their places in the text, and the
     *     plan's line as its location
     */
    public static Requirement parse(String text) {
        return parse(text, PlanLine.current());
    }

    /**
     * Reads a requirement that comes from a file or a command line.
     *
     * @param text the same as for {@link #parse(String)}
     * @param location where the text comes from, such as {@code debug.yaml:4}; {@code null} if that says nothing
     * @return the requirement
     * @throws LaunchException if the text is not one: it shows all problems with their places in the text
     */
    public static Requirement parse(String text, @Nullable String location) {
        try {
            return new Requirement(RequirementParser.parse(text));
        } catch (RequirementSyntaxException wrong) {
            throw LaunchException.of(String.valueOf(wrong.getMessage()))
                    .at(location)
                    .advice(wrong.advice())
                    .build();
        }
    }

    /**
     * A limit of time: the job is ended after it.
     *
     * @param duration longer than 0, at most 292 years
     * @return the requirement
     * @throws LaunchException if it is none of these
     */
    public static Requirement duration(Duration duration) {
        return built("the duration", () -> Items.duration(duration));
    }

    /**
     * A limit of time: the job is ended after it.
     *
     * @param duration such as {@code 2 days} or {@code 1 h 30 min}
     * @return the requirement
     * @throws LaunchException if the text is no duration longer than 0
     */
    public static Requirement duration(String duration) {
        return built("the duration", () -> Items.duration(Quantities.duration(duration)));
    }

    /**
     * Processor cores and main memory.
     *
     * @param cores how many cores, 1 or more
     * @param memory how much memory, such as {@code 400M}
     * @return the requirement
     * @throws LaunchException if there are no cores, or the text is no size
     */
    public static Requirement cpu(int cores, String memory) {
        return built("the processor", () -> Items.cpu(cores, Quantities.bytes(memory)));
    }

    /**
     * Processor cores.
     *
     * @param cores how many, 1 or more
     * @return the requirement, which says nothing about memory
     * @throws LaunchException if there are none
     */
    public static Requirement cores(int cores) {
        return built("the processor", () -> Items.cpu(cores, 0));
    }

    /**
     * Main memory, and 1 core.
     *
     * @param memory how much, such as {@code 400M}
     * @return the requirement
     * @throws LaunchException if the text is no size
     */
    public static Requirement memory(String memory) {
        return cpu(1, memory);
    }

    /**
     * An accelerator of Nvidia.
     *
     * @param memory how much memory it needs at least, such as {@code 16G}
     * @return the requirement
     * @throws LaunchException if the text is no size
     */
    public static Requirement cuda(String memory) {
        return accelerator(AcceleratorKind.CUDA, memory);
    }

    /**
     * An accelerator of Apple.
     *
     * @param memory how much of the processor's memory it needs at least, such as {@code 8G}
     * @return the requirement
     * @throws LaunchException if the text is no size
     */
    public static Requirement mps(String memory) {
        return accelerator(AcceleratorKind.MPS, memory);
    }

    /**
     * An accelerator of any kind.
     *
     * @param memory how much memory it needs at least, such as {@code 16G}
     * @return the requirement
     * @throws LaunchException if the text is no size
     */
    public static Requirement gpu(String memory) {
        return accelerator(AcceleratorKind.GPU, memory);
    }

    /**
     * An accelerator of any kind, with any memory.
     *
     * @return the requirement
     */
    public static Requirement gpu() {
        return built("the accelerator", () -> Items.accelerators(AcceleratorKind.GPU, 0, 1));
    }

    /**
     * The release of the job's JVM.
     *
     * @param release 17 or later
     * @return the requirement
     * @throws LaunchException if it is earlier
     */
    public static Requirement jdk(int release) {
        return built("the JDK", () -> Items.jdk(release));
    }

    /**
     * The largest heap of the job's JVM.
     *
     * @param size such as {@code 300M}, more than 0
     * @return the requirement
     * @throws LaunchException if the text is no such size
     */
    public static Requirement heap(String size) {
        return built("the heap", () -> Items.heap(Quantities.bytes(size)));
    }

    /**
     * A host that nobody else uses meanwhile.
     *
     * @return the requirement
     */
    public static Requirement exclusive() {
        return built("an exclusive host", Items::exclusive);
    }

    /**
     * A host that has a name.
     *
     * @param name letters, digits, {@code _}, {@code .} and {@code -}, such as {@code v100}
     * @return the requirement
     * @throws LaunchException if it has other characters, or none
     */
    public static Requirement feature(String name) {
        return built("the feature", () -> Items.feature(name));
    }

    /**
     * This and another one: each alternative of this together with each of the other, in the order of this one's first.
     * The larger duration, number of cores, memory and heap counts; accelerators add up.
     *
     * @param other the other one
     * @return a new requirement
     * @throws LaunchException if they ask for two JDKs, for a heap larger than the memory, or for more than 1024
     *     accelerators
     */
    public Requirement and(Requirement other) {
        List<Alternative> products = new ArrayList<>();
        for (Alternative left : alternatives) {
            for (Alternative right : other.alternatives) {
                try {
                    Alternative both = Combination.of(left, right);
                    Combination.checkHeap(both);
                    products.add(both);
                } catch (IllegalArgumentException contradiction) {
                    throw refused("Cannot require " + this + " and " + other, contradiction);
                }
            }
        }
        return new Requirement(products);
    }

    /**
     * This or another one, which counts where none of this one's alternatives can be met.
     *
     * @param other the other one
     * @return a new requirement
     */
    public Requirement or(Requirement other) {
        List<Alternative> both = new ArrayList<>(alternatives);
        both.addAll(other.alternatives);
        return new Requirement(both);
    }

    /**
     * Several of the accelerators of this one.
     *
     * @param count how many times, 1 or more
     * @return a new requirement
     * @throws LaunchException if this asks for anything but accelerators, or there are none or more than 1024
     */
    public Requirement times(int count) {
        List<Alternative> multiplied = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            try {
                multiplied.add(Items.times(alternative, count));
            } catch (IllegalArgumentException refused) {
                throw refused("Cannot multiply " + this + " by " + count, refused);
            }
        }
        return new Requirement(multiplied);
    }

    /**
     * The alternatives.
     *
     * @return at least one, the preferred one first
     */
    public List<Alternative> alternatives() {
        return alternatives;
    }

    private static Requirement accelerator(AcceleratorKind kind, String memory) {
        return built("the accelerator", () -> Items.accelerators(kind, Quantities.bytes(memory), 1));
    }

    private static Requirement built(String what, Supplier<Alternative> item) {
        try {
            return new Requirement(List.of(item.get()));
        } catch (IllegalArgumentException refused) {
            throw refused("Cannot require " + what, refused);
        }
    }

    private static LaunchException refused(String action, IllegalArgumentException reason) {
        return LaunchException.of(action + ": " + reason.getMessage())
                .at(PlanLine.current())
                .cause(reason)
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requirement that && alternatives.equals(that.alternatives);
    }

    @Override
    public int hashCode() {
        return alternatives.hashCode();
    }

    /**
     * The normal form: one line in the language of requirements, from which {@link #parse(String)} makes an equal one.
     *
     * @return such as {@code duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)}
     */
    @Override
    public String toString() {
        return RequirementPrinter.print(alternatives);
    }
}
