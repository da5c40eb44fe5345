package org.experimaestro.launcher.pbs;

import java.time.Duration;
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
    public List<String> check(Map<String, String> options, List<String> directives) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(options)
                .forEach((key, value) -> PbsOption.find(key)
                        .filter(option -> !option.form().accepts(value))
                        .ifPresent(option -> problems.add("The option " + key + " of a PBS launcher is "
                                + option.form().description() + ", not \"" + value + "\"")));
        directives.forEach(directive -> problems.addAll(setTwice(options, directive)));
        return problems;
    }

    /** Returns a problem for each option that has no effect, because the directive sets the same. */
    private static List<String> setTwice(Map<String, String> options, String directive) {
        Set<String> names = PbsDirectives.names(directive);
        return Arrays.stream(PbsOption.values())
                .filter(option -> options.containsKey(option.key()) && names.contains(option.directive()))
                .map(option ->
                        "The option " + option.key() + " (" + options.get(option.key()) + ") and the directive \""
                                + PbsDirectives.text(directive)
                                + "\" of the launcher exclude each other; remove one of them")
                .toList();
    }

    @Override
    public Optional<String> partitionOption() {
        return Optional.of(PbsOption.QUEUE.key());
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
