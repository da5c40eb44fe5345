package org.experimaestro.engine;

import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.task.Dependencies;

/** The search for a job by its output. */
final class ProducerLookup {
    private ProducerLookup() {}

    /**
     * Returns the task that made a configuration.
     *
     * @param output the output that a submission returned, or the task itself
     * @return the task's identifier; empty if no task made the configuration
     * @throws ConfigException if several tasks made parts of it, because none of them is the one that made it
     */
    static Optional<ConfigId> find(Config<?> output) {
        List<ConfigId> makers = Dependencies.makersOf(output);
        if (makers.size() > 1) {
            throw ConfigException.of("Cannot report on " + output + ": " + makers.size() + " tasks made parts of it")
                    .at(PlanLine.current())
                    .advice("ask for each of the parts")
                    .build();
        }
        return makers.stream().findFirst();
    }
}
