package org.experimaestro.launcher.direct;

import java.util.List;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * The launcher type for hosts on which jobs are plain processes: {@code type: direct} in a launcher file, with a
 * connector.
 */
public final class DirectLauncherType implements LauncherType {

    /** Creates the type. {@link java.util.ServiceLoader} calls it. */
    public DirectLauncherType() {}

    @Override
    public String name() {
        return LauncherDefinition.DIRECT;
    }

    @Override
    public List<LauncherOption> options() {
        return List.of();
    }

    @Override
    public BatchSystem open(LauncherDefinition definition, Shell shell) {
        return new Processes(shell, definition.niceness());
    }

    @Override
    public ClusterDescription describe(Shell shell)
            throws RefusedException, UnreachableException, InterruptedException {
        return MachineDescription.read(shell);
    }
}
