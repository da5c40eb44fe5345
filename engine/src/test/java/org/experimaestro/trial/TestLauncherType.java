package org.experimaestro.trial;

import java.util.List;
import java.util.Set;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Shell;

/** The launcher type of a {@link TestBatchSystem}: a service. */
public final class TestLauncherType implements LauncherType {
    /** Called by the service loader. */
    public TestLauncherType() {}

    @Override
    public String name() {
        return TestBatchSystem.TYPE;
    }

    @Override
    public List<LauncherOption> options() {
        return List.of(
                new LauncherOption(TestBatchSystem.SYSTEM, "the name of a system that the test has made"),
                new LauncherOption(TestBatchSystem.MAX_ARRAY, "how many jobs a batch may have"),
                new LauncherOption(TestBatchSystem.ACCOUNT, "who pays"));
    }

    @Override
    public Set<String> systemOptions() {
        return Set.of(TestBatchSystem.SYSTEM);
    }

    @Override
    public BatchSystem open(LauncherDefinition definition, Shell shell) {
        TestBatchSystem system = TestBatchSystem.find(definition.options().getOrDefault(TestBatchSystem.SYSTEM, ""));
        if (system == null) {
            throw new AssertionError("No test has made the system of " + definition);
        }
        String largest = definition.options().get(TestBatchSystem.MAX_ARRAY);
        return largest == null ? system : new CappedSystem(system, Integer.parseInt(largest));
    }

    @Override
    public ClusterDescription describe(Shell shell) {
        return new ClusterDescription(List.of(), List.of());
    }
}
