package org.experimaestro.cli.plan;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.loader.source.Listener;
import org.experimaestro.loader.source.PlanCode;
import org.experimaestro.loader.source.PlanSources;
import org.experimaestro.loader.source.Toolbox;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.PlanReference;

/** The code of the plan that an experiment's file names. */
public final class PlanCodes {
    private PlanCodes() {}

    /** Compiles or builds the plan, unless its code is up to date. */
    public static PlanCode of(ExperimentFile file, Listener listener) {
        Toolbox toolbox = Installation.toolbox();
        return switch (file.plan()) {
            case PlanReference.SourceFile(Path source, String location) ->
                PlanSources.fromSourceFile(source, toolbox, listener);
            case PlanReference.CompiledClass(String name, String location) ->
                PlanSources.isInMavenProject(file.folder())
                        ? PlanSources.fromMavenProject(file.folder(), name, file.maven(), toolbox, listener)
                        : PlanSources.fromClassPath(name, PlanCodes.class.getClassLoader());
        };
    }

    /** Returns the SHA-256 of the libraries by their names. */
    public static Map<String, String> digests(PlanCode code) {
        Map<String, String> digests = new LinkedHashMap<>();
        code.libraries().forEach(library -> digests.put(library.name(), library.sha256()));
        return digests;
    }

    /** Returns the class path of a plan, for callers that only read its types. */
    public static List<Path> classPath(Path yaml) {
        return of(
                        ExperimentFile.read(yaml, List.of()),
                        step -> Printer.standardError().line(step + " …"))
                .classPath();
    }
}
