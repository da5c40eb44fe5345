package org.experimaestro.architecture.broken.monitor;

/** Calls all rooms. */
public record Resident(
        org.experimaestro.architecture.broken.Resident api,
        org.experimaestro.architecture.broken.core.Resident core,
        org.experimaestro.architecture.broken.processor.Resident processor,
        org.experimaestro.architecture.broken.workspace.Resident workspace,
        org.experimaestro.architecture.broken.runtime.Resident runtime,
        org.experimaestro.architecture.broken.engine.Resident engine,
        org.experimaestro.architecture.broken.loader.Resident loader,
        org.experimaestro.architecture.broken.cli.Resident cli) {}
