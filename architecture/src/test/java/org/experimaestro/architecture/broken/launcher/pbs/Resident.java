package org.experimaestro.architecture.broken.launcher.pbs;

/** Calls all modules. */
public record Resident(
        org.experimaestro.architecture.broken.Resident api,
        org.experimaestro.architecture.broken.base.Resident base,
        org.experimaestro.architecture.broken.requirement.Resident requirement,
        org.experimaestro.architecture.broken.model.Resident model,
        org.experimaestro.architecture.broken.core.Resident core,
        org.experimaestro.architecture.broken.processor.Resident processor,
        org.experimaestro.architecture.broken.workspace.Resident workspace,
        org.experimaestro.architecture.broken.runtime.Resident runtime,
        org.experimaestro.architecture.broken.spi.Resident spi,
        org.experimaestro.architecture.broken.engine.Resident engine,
        org.experimaestro.architecture.broken.settings.Resident settings,
        org.experimaestro.architecture.broken.loader.Resident loader,
        org.experimaestro.architecture.broken.finder.Resident finder,
        org.experimaestro.architecture.broken.monitor.Resident monitor,
        org.experimaestro.architecture.broken.table.Resident table,
        org.experimaestro.architecture.broken.testkit.Resident testkit,
        org.experimaestro.architecture.broken.tui.Resident tui,
        org.experimaestro.architecture.broken.notify.Resident notifications,
        org.experimaestro.architecture.broken.exchange.Resident exchange,
        org.experimaestro.architecture.broken.web.Resident web,
        org.experimaestro.architecture.broken.launcher.contract.Resident contract,
        org.experimaestro.architecture.broken.launcher.direct.Resident direct,
        org.experimaestro.architecture.broken.launcher.slurm.Resident slurm,
        org.experimaestro.architecture.broken.connector.ssh.Resident ssh,
        org.experimaestro.architecture.broken.cli.Resident cli) {}
