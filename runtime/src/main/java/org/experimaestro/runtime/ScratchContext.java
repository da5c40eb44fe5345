package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.Configurable;
import org.experimaestro.Program;
import org.experimaestro.RandomStream;
import org.experimaestro.core.json.Json;
import org.experimaestro.runtime.program.ProgramRun;

/** The context of a task that is executed in a scratch folder: it prints progress and metrics to the standard error. */
final class ScratchContext implements IdentifyingContext {
    private final Path folder;
    private final String typeId;
    private final ConfigId id;
    private final TaskIdentities identities = new TaskIdentities();

    ScratchContext(Path folder, String typeId, ConfigId id) {
        this.folder = folder;
        this.typeId = typeId;
        this.id = id;
    }

    @Override
    public TaskIdentities identities() {
        return identities;
    }

    @Override
    public Path cached(Configurable configuration, String name, FolderFiller filler) throws Exception {
        return identities.computed(configuration, name).fill(folder, filler);
    }

    @Override
    public void announce(String name, Configurable output) {
        Map<String, Object> json = identities.announced(folder, folder, ".", name, output);
        System.err.println("announced " + name + ": " + Json.writeLine(json));
    }

    @Override
    public RandomStream random(String purpose) {
        return RandomStream.of(id, purpose);
    }

    @Override
    public void progress(int level, double fraction, String description) {
        System.err.println("progress " + level + ": " + Math.round(fraction * 100) + "% " + description);
    }

    @Override
    public void metric(String name, double value) {
        System.err.println("metric " + name + " = " + value);
    }

    @Override
    public void metric(String name, double value, long step) {
        System.err.println("metric " + name + " = " + value + " at step " + step);
    }

    @Override
    public void run(Program program) throws IOException, InterruptedException {
        ProgramRun.run(this, program);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public System.Logger logger() {
        return System.getLogger(typeId);
    }
}
