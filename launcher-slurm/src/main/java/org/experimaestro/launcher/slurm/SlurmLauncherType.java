package org.experimaestro.launcher.slurm;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostPlacement;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * The launcher type {@code slurm}: jobs are submitted to Slurm's sbatch. Tried with Slurm 22.05; it needs 20.11 or
 * newer.
 */
public final class SlurmLauncherType implements LauncherType {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The options of which a job can have only one. */
    private static final List<List<SlurmOption>> GROUPS = List.of(
            List.of(SlurmOption.MEM, SlurmOption.MEM_PER_CPU, SlurmOption.MEM_PER_GPU),
            List.of(SlurmOption.GPUS, SlurmOption.GPUS_PER_NODE));

    /** Creates the type. {@link java.util.ServiceLoader} calls it. */
    public SlurmLauncherType() {}

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public List<LauncherOption> options() {
        return Arrays.stream(SlurmOption.values())
                .map(option -> new LauncherOption(option.key(), option.meaning()))
                .toList();
    }

    @Override
    public List<String> check(Map<String, String> options, List<String> directives) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(options)
                .forEach((key, value) -> SlurmOption.find(key)
                        .filter(option -> !option.form().accepts(value))
                        .ifPresent(option -> problems.add("The option " + key + " of a Slurm launcher is "
                                + option.form().description() + ", not \"" + value + "\"")));
        if (problems.isEmpty()) {
            tooFewTasks(options).ifPresent(problems::add);
        }
        GROUPS.forEach(group -> exclusive(options, group).ifPresent(problems::add));
        directives.forEach(directive -> problems.addAll(setTwice(options, directive)));
        return problems;
    }

    /** Returns the problem that Slurm would give a job fewer nodes than it asks for, one for each process at most. */
    private static Optional<String> tooFewTasks(Map<String, String> options) {
        String nodes = options.get(SlurmOption.NODES.key());
        String tasks = options.get(SlurmOption.NTASKS.key());
        return nodes != null && tasks != null && Integer.parseInt(nodes.split("-")[0]) > Integer.parseInt(tasks)
                ? Optional.of("The option nodes is " + nodes + ", and the option ntasks only " + tasks
                        + ": Slurm gives no more nodes than processes")
                : Optional.empty();
    }

    /** Returns a problem for each option that has no effect, because the directive sets the same. */
    private static List<String> setTwice(Map<String, String> options, String directive) {
        List<String> problems = new ArrayList<>();
        for (String name : DirectiveOptions.names(directive)) {
            for (SlurmOption option : sameAs(name)) {
                if (options.containsKey(option.key())) {
                    problems.add("The option " + option.key() + " (" + options.get(option.key())
                            + ") and the directive \"" + DirectiveOptions.text(directive)
                            + "\" of the launcher exclude each other; remove one of them");
                }
            }
        }
        return problems;
    }

    /** Returns the options that are for the same thing as an option of sbatch. */
    private static List<SlurmOption> sameAs(String name) {
        String flag = name.equals("no-requeue") ? SlurmOption.REQUEUE.flag() : "--" + name;
        return Arrays.stream(SlurmOption.values())
                .filter(option -> option.flag().equals(flag))
                .findFirst()
                .map(option -> GROUPS.stream()
                        .filter(group -> group.contains(option))
                        .findFirst()
                        .orElse(List.of(option)))
                .orElse(List.of());
    }

    private static Optional<String> exclusive(Map<String, String> options, List<SlurmOption> alternatives) {
        List<String> keys = alternatives.stream()
                .map(SlurmOption::key)
                .filter(options::containsKey)
                .toList();
        return keys.size() < 2
                ? Optional.empty()
                : Optional.of("Only one of the options " + String.join(", ", keys) + " can be set");
    }

    @Override
    public Optional<String> partitionOption() {
        return Optional.of(SlurmOption.PARTITION.key());
    }

    @Override
    public Optional<Placement> join(List<HostPlacement> places, List<HostDescription> others) {
        return SlurmJoin.of(places, others);
    }

    @Override
    public Set<String> systemOptions() {
        return Set.of(SlurmOption.BIN.key());
    }

    @Override
    public BatchSystem open(LauncherDefinition definition, Shell shell) {
        return new Slurm(definition, shell, InstantSource.system());
    }

    @Override
    public ClusterDescription describe(Shell shell)
            throws RefusedException, UnreachableException, InterruptedException {
        Shell.Output output = shell.run(
                SlurmCommands.withoutHabits("sinfo") + "\nsinfo -a -h -N -o '" + SinfoReader.FORMAT + "'\n", LIMIT);
        if (SlurmAnswers.isMissing(output)) {
            throw new RefusedException("There is no Slurm on this host's PATH: " + output.complaint());
        }
        if (!output.isSuccess() && SlurmAnswers.isTemporary(output)) {
            throw new UnreachableException("sinfo does not describe the cluster now: " + output.complaint());
        }
        if (!output.isSuccess()) {
            throw new RefusedException("sinfo does not describe the cluster: " + output.complaint());
        }
        return SinfoReader.read(output.out());
    }
}
