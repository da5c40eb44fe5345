package org.experimaestro.launcher.pbs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * The launcher type {@code pbs}: jobs are submitted to qsub of PBS Professional or OpenPBS. It was written from their
 * manuals, and tested with outputs in these manuals, because no server was available.
 */
public final class PbsLauncherType implements LauncherType {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int NOT_FOUND = 127;

    /** Creates the type. {@link java.util.ServiceLoader} calls it. */
    public PbsLauncherType() {}

    @Override
    public String name() {
        return "pbs";
    }

    @Override
    public List<LauncherOption> options() {
        return Arrays.stream(PbsOption.values())
                .map(option -> new LauncherOption(option.key(), option.meaning()))
                .toList();
    }

    @Override
    public List<String> check(Map<String, String> options) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(options)
                .forEach((key, value) -> PbsOption.find(key)
                        .filter(option -> !option.form().accepts(value))
                        .ifPresent(option -> problems.add("The option " + key + " of a PBS launcher is "
                                + option.form().description() + ", not \"" + value + "\"")));
        return problems;
    }

    @Override
    public Set<String> systemOptions() {
        return Set.of(PbsOption.BIN.key());
    }

    @Override
    public BatchSystem open(LauncherDefinition definition, Shell shell) {
        return new Pbs(definition, shell);
    }

    @Override
    public ClusterDescription describe(Shell shell)
            throws RefusedException, UnreachableException, InterruptedException {
        Shell.Output nodes = run(shell, "pbsnodes -av");
        Shell.Output queues = run(shell, "qstat -Q -f");
        Shell.Output server = run(shell, "qstat -B -f");
        return ClusterReader.read(nodes.out(), queues.out(), server.out());
    }

    private static Shell.Output run(Shell shell, String command)
            throws RefusedException, UnreachableException, InterruptedException {
        Shell.Output output = shell.run(command + "\n", LIMIT);
        if (output.exitCode() == NOT_FOUND) {
            throw new RefusedException("There is no PBS on this host's PATH: " + output.complaint());
        }
        if (!output.isSuccess()) {
            throw new UnreachableException(command + " does not describe the cluster: " + output.complaint());
        }
        return output;
    }
}
