package org.experimaestro.engine;

import java.util.List;
import java.util.function.Supplier;
import org.experimaestro.Action;
import org.experimaestro.Config;
import org.experimaestro.Service;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.Workspace;

/** The part of a run by which its plan declares what people may start beside it. Thread-safe. */
abstract class DeclaringExperiment extends NamedExperiment {
    private final SideDeclarations declarations;

    DeclaringExperiment(ExperimentSetup setup, Workspace workspace, SideDeclarations declarations) {
        super(setup, workspace);
        this.declarations = declarations;
    }

    @Override
    public final void action(String name, Config<? extends Action> action) {
        passGate(
                () -> "declare the action " + name,
                () -> declarations.action(name, action, need(name, (ConfigNode<?>) Node.of(action))));
    }

    @Override
    public final void service(String name, Service service) {
        passGate(() -> "declare the service " + name, () -> declarations.service(name, service));
    }

    /** Calls what must not come after the plan has returned; throws an error if it has. */
    abstract void passGate(Supplier<String> action, Runnable passing);

    /** Takes the jobs that an action needs, and returns their names; throws an error if one will never be done. */
    abstract List<String> need(String name, ConfigNode<?> action);
}
