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
 * A requirement of a job on its machine: one or more alternatives, the preferred alternative first. Immutable.
 *
 * <p>It is written as a text, {@code duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4) | …}, or built:
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
     * @param text alternatives joined by {@code |}, the preferred alternative first, each with items joined by {@code
     *     &}
     * @return the requirement
     * @throws LaunchException if the text is not a requirement; the message has all problems with their places in the
     *     text, and the plan's line
     */
    public static Requirement parse(String text) {
        return parse(text, PlanLine.current());
    }

    /**
     * Reads a requirement that comes from a file or a command line.
     *
     * @param text the same as for {@link #parse(String)}
     * @param location the source of the text, such as {@code debug.yaml:4}, or {@code null}
     * @return the requirement
     * @throws LaunchException if the text is not a requirement; the message has all problems with their places in the
     *     text
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
     * Creates a time limit, after which the job is ended.
     *
     * @param duration longer than 0, at most 292 years
     * @return the requirement
     * @throws LaunchException if the duration is not in this range
     */
    public static Requirement duration(Duration duration) {
        return built("the duration", () -> Items.duration(duration));
    }

    /**
     * Creates a time limit, after which the job is ended.
     *
     * @param duration such as {@code 2 days} or {@code 1 h 30 min}
     * @return the requirement
     * @throws LaunchException if the text is not a duration longer than 0
     */
    public static Requirement duration(String duration) {
        return built("the duration", () -> Items.duration(Quantities.duration(duration)));
    }

    /**
     * Creates a requirement for processor cores and main memory.
     *
     * @param cores the number of cores, 1 or more
     * @param memory the amount of memory, such as {@code 400M}
     * @return the requirement
     * @throws LaunchException if the number is less than 1, or the text is not a size
     */
    public static Requirement cpu(int cores, String memory) {
        return built("the processor", () -> Items.cpu(cores, Quantities.bytes(memory)));
    }

    /**
     * Creates a requirement for processor cores, without a requirement for memory.
     *
     * @param cores the number of cores, 1 or more
     * @return the requirement
     * @throws LaunchException if the number is less than 1
     */
    public static Requirement cores(int cores) {
        return built("the processor", () -> Items.cpu(cores, 0));
    }

    /**
     * Creates a requirement for main memory, and 1 core.
     *
     * @param memory the amount of memory, such as {@code 400M}
     * @return the requirement
     * @throws LaunchException if the text is not a size
     */
    public static Requirement memory(String memory) {
        return cpu(1, memory);
    }

    /**
     * Creates a requirement for an accelerator of Nvidia.
     *
     * @param memory the least memory of the accelerator, such as {@code 16G}
     * @return the requirement
     * @throws LaunchException if the text is not a size
     */
    public static Requirement cuda(String memory) {
        return accelerator(AcceleratorKind.CUDA, memory);
    }

    /**
     * Creates a requirement for an accelerator of Apple.
     *
     * @param memory the least part of the processor's memory, such as {@code 8G}
     * @return the requirement
     * @throws LaunchException if the text is not a size
     */
    public static Requirement mps(String memory) {
        return accelerator(AcceleratorKind.MPS, memory);
    }

    /**
     * Creates a requirement for an accelerator of any kind.
     *
     * @param memory the least memory of the accelerator, such as {@code 16G}
     * @return the requirement
     * @throws LaunchException if the text is not a size
     */
    public static Requirement gpu(String memory) {
        return accelerator(AcceleratorKind.GPU, memory);
    }

    /**
     * Creates a requirement for an accelerator of any kind, with any memory.
     *
     * @return the requirement
     */
    public static Requirement gpu() {
        return built("the accelerator", () -> Items.accelerators(AcceleratorKind.GPU, 0, 1));
    }

    /**
     * Creates a requirement for the release of the job's JVM.
     *
     * @param release 17 or later
     * @return the requirement
     * @throws LaunchException if it is earlier
     */
    public static Requirement jdk(int release) {
        return built("the JDK", () -> Items.jdk(release));
    }

    /**
     * Creates a requirement for the largest heap of the job's JVM.
     *
     * @param size such as {@code 300M}, more than 0
     * @return the requirement
     * @throws LaunchException if the text is not such a size
     */
    public static Requirement heap(String size) {
        return built("the heap", () -> Items.heap(Quantities.bytes(size)));
    }

    /**
     * Creates a requirement for a host that runs nothing else meanwhile.
     *
     * @return the requirement
     */
    public static Requirement exclusive() {
        return built("an exclusive host", Items::exclusive);
    }

    /**
     * Creates a requirement for a host that has a feature.
     *
     * @param name letters, digits, {@code _}, {@code .} and {@code -}, such as {@code v100}
     * @return the requirement
     * @throws LaunchException if the name has other characters, or is empty
     */
    public static Requirement feature(String name) {
        return built("the feature", () -> Items.feature(name));
    }

    /**
     * Combines two requirements, both of which must be met. Each alternative of this requirement is combined with
     * each alternative of the other, in the order of this requirement's alternatives. The larger duration, number of
     * cores, memory and heap counts; accelerators add up.
     *
     * @param other the other requirement
     * @return a new requirement
     * @throws LaunchException if the two have different JDKs, a heap larger than the memory, or more than 1024
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
     * Adds alternatives of lower preference. They are used if no alternative of this requirement can be met.
     *
     * @param other the other requirement
     * @return a new requirement
     */
    public Requirement or(Requirement other) {
        List<Alternative> both = new ArrayList<>(alternatives);
        both.addAll(other.alternatives);
        return new Requirement(both);
    }

    /**
     * Multiplies the accelerators of this requirement. For example, {@code cuda("16G").times(4)} requires four
     * accelerators.
     *
     * @param count the factor, 1 or more
     * @return a new requirement
     * @throws LaunchException if this requirement has anything but accelerators, or the product is 0 or more than
     *     1024
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
     * Returns the alternatives.
     *
     * @return at least one alternative, the preferred alternative first
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
     * Returns the normal form: one line in the language of requirements. {@link #parse(String)} reads it as an equal
     * requirement.
     *
     * @return for example {@code duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)}
     */
    @Override
    public String toString() {
        return RequirementPrinter.print(alternatives);
    }
}
