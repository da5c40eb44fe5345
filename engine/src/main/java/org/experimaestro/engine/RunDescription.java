package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/** The first content of {@code run.json}, as docs/workspace.md describes it: all that is needed to repeat the run. */
final class RunDescription {
    private RunDescription() {}

    static Map<String, @Nullable Object> of(ExperimentSetup setup, String planClass) {
        RunOrigin origin = setup.origin();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plan", planClass);
        if (origin.file() != null) {
            json.put("file", origin.storedFile(setup.workspace()));
            json.put("fileSha256", origin.sha256());
            json.put("settings", origin.settings());
        }
        json.put("overrides", origin.overrides());
        json.put("arguments", setup.arguments());
        json.put("mode", setup.detached() ? "detached" : "normal");
        json.put(RunFolder.JOBS_HERE, setup.jobs());
        if (!setup.order().failures().equals(FailureLimit.NONE)) {
            json.put(RunFolder.MAX_FAILURES, setup.order().failures().most());
        }
        setup.order().only().ifPresent(selector -> json.put("only", selector.option()));
        setup.order().until().ifPresent(selector -> json.put("until", selector.option()));
        json.put("version", setup.version());
        json.put("java", java());
        json.put("system", system());
        json.put("user", property("user.name"));
        json.put(RunFolder.PROCESS, ProcessIdentity.current().toJson());
        if (!setup.libraries().isEmpty()) {
            json.put("libraries", libraries(setup.libraries()));
        }
        return json;
    }

    private static Map<String, Object> java() {
        Map<String, Object> java = new LinkedHashMap<>();
        java.put("version", property("java.version"));
        java.put("vendor", property("java.vendor"));
        return java;
    }

    private static Map<String, Object> system() {
        Map<String, Object> system = new LinkedHashMap<>();
        system.put("name", property("os.name"));
        system.put("version", property("os.version"));
        system.put("arch", property("os.arch"));
        return system;
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static List<Map<String, String>> libraries(Map<String, String> digests) {
        List<Map<String, String>> libraries = new ArrayList<>();
        digests.forEach((name, sha256) -> {
            Map<String, String> library = new LinkedHashMap<>();
            library.put("name", name);
            library.put("sha256", sha256);
            libraries.add(library);
        });
        return libraries;
    }
}
