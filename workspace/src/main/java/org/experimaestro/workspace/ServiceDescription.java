package org.experimaestro.workspace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/**
 * A stored service.
 *
 * @param command the words of its command
 * @param environment its variables
 * @param isWeb whether its readiness is tested by HTTP
 * @param path the path of its page
 * @param limit the longest time until it is ready
 * @param classPath the names of the jars in the workspace's folder of code; empty if the code is not stored
 */
public record ServiceDescription(
        List<String> command,
        Map<String, String> environment,
        boolean isWeb,
        String path,
        Duration limit,
        List<String> classPath) {
    private static final String COMMAND = "command";
    private static final String ENVIRONMENT = "environment";
    private static final String LIMIT = "limitMillis";

    /** Copies the lists. */
    public ServiceDescription {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        classPath = List.copyOf(classPath);
    }

    /**
     * Returns the address of the page of a service, on the machine on which it listens.
     *
     * @param port the port
     * @param path the path of the page
     * @return an address of the loopback
     */
    public static String address(int port, String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = StoredFiles.begin();
        json.put(COMMAND, command);
        json.put(ENVIRONMENT, environment);
        json.put("web", isWeb);
        json.put("path", path);
        json.put(LIMIT, limit.toMillis());
        json.put(RunFolder.CLASS_PATH, classPath);
        return json;
    }

    static ServiceDescription fromJson(JsonObject json) {
        Map<String, String> environment = new LinkedHashMap<>();
        JsonObject variables = json.object(ENVIRONMENT);
        for (String name : variables.keys()) {
            environment.put(name, variables.string(name));
        }
        List<String> command = ActionDescription.texts(json.list(COMMAND));
        if (command.isEmpty()) {
            throw new JsonException("the command has no words");
        }
        return new ServiceDescription(
                command,
                environment,
                json.bool("web"),
                json.string("path"),
                Duration.ofMillis(json.integer(LIMIT, 1, Integer.MAX_VALUE)),
                ActionDescription.texts(json.list(RunFolder.CLASS_PATH)));
    }
}
