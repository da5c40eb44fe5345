import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import org.experimaestro.*;

/** Prints what its JVM was started with. */
@ConfigType("recipes.probe")
record Probe() implements SelfTask<Probe> {
    @Override
    public void execute(TaskContext context) throws NoSuchFieldException {
        context.metric("heap_MiB", Runtime.getRuntime().maxMemory() >> 20);
        context.metric("cores", Runtime.getRuntime().availableProcessors());
        System.out.println(ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(MemoryManagerMXBean::getName)
                .toList());
        boolean isOpen = String.class.getDeclaredField("value").trySetAccessible();
        System.out.println("java.lang is " + (isOpen ? "open" : "closed"));
        boolean hasNative = Probe.class.getModule().isNativeAccessEnabled();
        System.out.println("native access is " + (hasNative ? "enabled" : "not enabled"));
    }
}

/** Runs the probe once. */
class JvmOptions implements ExperimentPlan<JvmOptions.Settings> {
    record Settings(Requirement needs) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        xp.submit(ProbeBuilder.probe().build(), Launcher.find(settings.needs()));
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
