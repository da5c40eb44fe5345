package org.experimaestro.engine;

import org.experimaestro.Action;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.Service;

/** The part of a run by which its plan declares what people may start beside it. Thread-safe. */
abstract class DeclaringExperiment implements Experiment {
    private final SideDeclarations declarations;

    DeclaringExperiment(SideDeclarations declarations) {
        this.declarations = declarations;
    }

    @Override
    public final void action(String name, Config<? extends Action> action) {
        declarations.action(name, action);
    }

    @Override
    public final void service(String name, Service service) {
        declarations.service(name, service);
    }
}
