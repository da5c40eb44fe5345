package org.experimaestro.engine;

import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.task.Dependencies;

/** Finds the job that a plan asks for by what the job made. */
final class ProducerLookup {
    private ProducerLookup() {}

    /**
     * Returns the task that made a configuration.
     *
     * @param output what a submission returned, or the task itself
     * @return empty if no task made it
     * @throws ConfigException if several tasks made parts of it: one of them would be as wrong as another
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
