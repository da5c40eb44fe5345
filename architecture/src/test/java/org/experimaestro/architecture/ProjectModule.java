package org.experimaestro.architecture;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The modules (modules), and which modules each may call: the diagram of docs/architecture.md. */
enum ProjectModule {
    BASE(17),
    REQUIREMENT(17, BASE),
    API(17, BASE, REQUIREMENT),
    MODEL(17, BASE, API),
    CORE(17, BASE, API, MODEL),
    PROCESSOR(17, BASE, API, MODEL, CORE),
    WORKSPACE(17, BASE, API, CORE),
    RUNTIME(17, BASE, API, MODEL, CORE, WORKSPACE),
    SPI(25, BASE, REQUIREMENT, API),
    ENGINE(25, BASE, REQUIREMENT, API, MODEL, CORE, WORKSPACE, SPI),
    SETTINGS(25, BASE, API, MODEL, CORE),
    LOADER(25, BASE, API, CORE, WORKSPACE, SETTINGS),
    FINDER(25, BASE, REQUIREMENT, API, CORE, SPI, SETTINGS),
    MONITOR(25, BASE, REQUIREMENT, API, MODEL, CORE, WORKSPACE),
    TABLE(25, BASE, API, CORE),
    SEARCH(25, BASE, API),
    TESTKIT(25, BASE, API, MODEL, CORE, WORKSPACE, RUNTIME, SPI, ENGINE, SETTINGS, MONITOR),
    WEB(25, BASE, API, CORE, WORKSPACE, MONITOR),
    TUI(25, BASE, CORE, WEB),
    NOTIFY(25, BASE, API, CORE, WORKSPACE, SETTINGS),
    EXCHANGE(25, BASE, API, CORE, WORKSPACE, MONITOR),
    COPY(25, BASE, API, CORE, WORKSPACE, SPI, MONITOR),
    LAUNCHER_CONTRACT(25, BASE, REQUIREMENT, API, SPI),
    LAUNCHER_DIRECT(25, BASE, REQUIREMENT, API, SPI),
    LAUNCHER_SLURM(25, BASE, REQUIREMENT, API, SPI),
    LAUNCHER_PBS(25, BASE, REQUIREMENT, API, SPI),
    CONNECTOR_SSH(25, BASE, API, CORE, WORKSPACE, SPI),
    CLI(
            25,
            BASE,
            REQUIREMENT,
            API,
            MODEL,
            CORE,
            WORKSPACE,
            SPI,
            ENGINE,
            SETTINGS,
            LOADER,
            FINDER,
            MONITOR,
            WEB,
            TUI,
            NOTIFY,
            EXCHANGE,
            COPY,
            CONNECTOR_SSH);

    private final int release;
    private final Set<ProjectModule> callees;

    ProjectModule(int release, ProjectModule... callees) {
        this.release = release;
        this.callees = Set.of(callees);
    }

    /** The Java release that its classes are made for. */
    int release() {
        return release;
    }

    /** The modules that it may call. */
    Set<ProjectModule> callees() {
        return callees;
    }

    /** The modules that it may not call. */
    Set<ProjectModule> strangers() {
        Set<ProjectModule> strangers = EnumSet.allOf(ProjectModule.class);
        strangers.removeAll(callees);
        strangers.remove(this);
        return strangers;
    }

    /** The packages of the module, as patterns of ArchUnit, in the house below a root package. */
    String[] packages(String root) {
        return this == API
                ? new String[] {root, root + ".generated.."}
                : new String[] {root + "." + name().toLowerCase(Locale.ROOT).replace('_', '.') + ".."};
    }
}
