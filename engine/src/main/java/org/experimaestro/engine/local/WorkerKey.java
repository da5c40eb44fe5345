package org.experimaestro.engine.local;

import java.util.List;
import java.util.Map;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.spi.Placement;

/**
 * All that shapes a worker's process, and may differ between the jobs of a run. Jobs with equal keys share workers.
 *
 * @param niceness the niceness of the process
 * @param options the options of its JVM
 * @param variables the variables of its environment that are not those of the plan's process
 * @param memory the memory that each of its jobs holds of the machine, in bytes; 0 if they ask for none
 */
record WorkerKey(int niceness, List<String> options, Map<String, String> variables, long memory) {

    static WorkerKey of(Placement placement) {
        Map<String, String> variables = LocalCommand.variables(placement);
        List<String> options = JvmOptions.of(placement, JvmOptions.variablesHere(variables));
        return new WorkerKey(
                placement.launcher().niceness(),
                options,
                variables,
                placement.resources().memory());
    }
}
