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
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * The launcher type {@code slurm}: jobs are submitted to Slurm's sbatch. Tried with Slurm 22.05; it needs 20.11 or
 * newer.
 */
public final class SlurmLauncherType implements LauncherType {
    private static final Duration LIMIT = Duration.ofMinutes(2);

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
    public List<String> check(Map<String, String> options) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(options)
                .forEach((key, value) -> SlurmOption.find(key)
                        .filter(option -> !option.form().accepts(value))
                        .ifPresent(option -> problems.add("The option " + key + " of a Slurm launcher is "
                                + option.form().description() + ", not \"" + value + "\"")));
        exclusive(options, SlurmOption.MEM, SlurmOption.MEM_PER_CPU, SlurmOption.MEM_PER_GPU)
                .ifPresent(problems::add);
        exclusive(options, SlurmOption.GPUS, SlurmOption.GPUS_PER_NODE).ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> exclusive(Map<String, String> options, SlurmOption... alternatives) {
        List<String> keys = Arrays.stream(alternatives)
                .map(SlurmOption::key)
                .filter(options::containsKey)
                .toList();
        return keys.size() < 2
                ? Optional.empty()
                : Optional.of("Only one of the options " + String.join(", ", keys) + " can be set");
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
