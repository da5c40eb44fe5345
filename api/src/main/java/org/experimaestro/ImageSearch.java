package org.experimaestro;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/** A search for the digest of an image of a registry. */
final class ImageSearch {
    private static final String AT_DIGEST = "@sha256:";
    private static final String FORMAT = "{{range .RepoDigests}}{{println .}}{{end}}";

    private ImageSearch() {}

    static RegistryImage find(String name) {
        int at = name.indexOf('@');
        if (at >= 0) {
            try {
                return new RegistryImage(withoutTag(name.substring(0, at)), name.substring(at + 1));
            } catch (IllegalArgumentException wrong) {
                throw problem(name, String.valueOf(wrong.getMessage()), "copy it from docker pull");
            }
        }
        List<String> asked = new ArrayList<>();
        for (ContainerEngine engine : List.of(ContainerEngine.PODMAN, ContainerEngine.DOCKER)) {
            String answer = ask(engine, name);
            if (answer == null) {
                continue;
            }
            asked.add(engine.command());
            for (String line : answer.split("\n", -1)) {
                int digest = line.indexOf(AT_DIGEST);
                if (digest > 0) {
                    return new RegistryImage(
                            line.substring(0, digest),
                            line.substring(digest + 1).strip());
                }
            }
        }
        throw asked.isEmpty()
                ? problem(
                        name,
                        "neither podman nor docker is on the PATH here",
                        "give the digest: NAME@sha256:…, which docker pull prints on a machine that has it")
                : problem(
                        name,
                        String.join(" and ", asked) + " know no digest of it here",
                        "call " + asked.get(0) + " pull " + name + " first, or give the digest: NAME@sha256:…");
    }

    private static String withoutTag(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    /** Returns the answer of an engine, empty if it has no such image; {@code null} if the engine is not there. */
    private static @Nullable String ask(ContainerEngine engine, String name) {
        Process process;
        try {
            process = new ProcessBuilder(engine.command(), "image", "inspect", "--format", FORMAT, name)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notThere) {
            return null;
        }
        try (var output = process.getInputStream()) {
            String answer = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? answer : "";
        } catch (IOException unreadable) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw problem(name, "the search was interrupted", "start the plan again");
        } finally {
            process.destroyForcibly();
        }
    }

    private static ConfigException problem(String name, String reason, String advice) {
        return ConfigException.of("Cannot find the digest of the image " + name + ": " + reason)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }
}
