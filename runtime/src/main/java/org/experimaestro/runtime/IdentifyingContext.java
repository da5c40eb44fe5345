package org.experimaestro.runtime;

import org.experimaestro.TaskContext;

/** A context that has to know the configurations of the task that is executed with it. */
public interface IdentifyingContext extends TaskContext {
    /**
     * Returns the configurations that the context knows.
     *
     * @return an object that {@link PreparedTask#execute} fills
     */
    TaskIdentities identities();
}
