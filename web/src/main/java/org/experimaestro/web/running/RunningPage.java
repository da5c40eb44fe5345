package org.experimaestro.web.running;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * A page that a process serves. Immutable.
 *
 * @param workspace the real path of its workspace; behind {@code HOST:} if it is on another host
 * @param address the address without a token, and without a slash at its end
 * @param token the token of scripts, a secret
 * @param process the process of the server
 * @param readOnly whether the page refuses all actions
 */
public record RunningPage(String workspace, String address, String token, ProcessIdentity process, boolean readOnly) {
    private static final int FORMAT = 1;

    /**
     * Returns the form of the record in its file.
     *
     * @return a JSON object
     */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FileFormat.KEY, FORMAT);
        json.put("workspace", workspace);
        json.put("address", address);
        json.put("readOnly", readOnly);
        json.put("process", process.toJson());
        json.put("token", token);
        return json;
    }

    /**
     * Reads a record.
     *
     * @param json the object of the file
     * @param source the file
     * @throws JsonException if a member is missing or wrong, or the format is that of a newer version; the message
     *     names the file
     */
    static RunningPage fromJson(JsonObject json, String source) {
        FileFormat.require(json, FORMAT, FORMAT, "restart the command that serves the page");
        try {
            return new RunningPage(
                    json.string("workspace"),
                    origin(json.string("address")),
                    json.string("token"),
                    ProcessIdentity.fromJson(json.object("process")),
                    json.bool("readOnly"));
        } catch (IllegalArgumentException wrong) {
            throw new JsonException(source + ": " + wrong.getMessage());
        }
    }

    private static String origin(String address) {
        URI parsed = URI.create(address);
        if (!"http".equals(parsed.getScheme()) || parsed.getHost() == null || parsed.getPort() < 0) {
            throw new IllegalArgumentException("address is http://HOST:PORT, and not \"" + address + "\"");
        }
        return address;
    }

    /** Returns the name or address at which the server listens. */
    public String host() {
        String host = URI.create(address).getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the port at which the server listens. */
    public int port() {
        return URI.create(address).getPort();
    }

    /**
     * Returns whether the process serves the page still, as far as it can be seen from this host.
     *
     * @return false if it has ended, or is of another host
     */
    public boolean isAliveHere() {
        return process.isLocal() && process.isAlive();
    }

    /** Returns whether the process is known to have ended. */
    boolean hasEnded() {
        return process.isLocal() && !process.isAlive();
    }

    /** Returns a text without the token, which must not get into a log. */
    @Override
    public String toString() {
        return address + " of " + process;
    }
}
