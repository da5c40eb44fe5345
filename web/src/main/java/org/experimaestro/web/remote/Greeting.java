package org.experimaestro.web.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/**
 * The first line of a far end: the version of its frames, and the workspace or the reason why there is none. Immutable.
 *
 * @param program its version of Experimaestro
 * @param workspace the real path of its workspace; empty text if there is a problem
 * @param problem the reason why it shows no workspace, in words for the user
 */
record Greeting(String program, String workspace, Optional<String> problem) {
    /** The version of the frames. It changes with their form, and with each kind of frame that an older side would not know. */
    static final int FRAMES = 1;

    private static final String BEGIN = "experimaestro-frames ";
    private static final int MOST_BYTES = 64 * 1024;

    /** Writes the line. */
    void write(OutputStream out) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("program", program);
        json.put("workspace", workspace);
        problem.ifPresent(text -> json.put("problem", text));
        out.write((BEGIN + FRAMES + " " + Json.writeLine(json) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * Reads the line. Lines before it are of the host's own programs, and are skipped.
     *
     * @throws RefusedConnectionException if the frames are of another version
     * @throws IOException if there is no such line
     */
    static Greeting read(InputStream in) throws IOException {
        int left = MOST_BYTES;
        while (left > 0) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            while (next >= 0 && next != '\n' && left > 0) {
                line.write(next);
                left--;
                next = in.read();
            }
            String text = line.toString(StandardCharsets.UTF_8);
            if (text.startsWith(BEGIN)) {
                return parse(text.substring(BEGIN.length()));
            }
            if (next < 0) {
                throw new IOException("it has ended before its first word");
            }
            left--;
        }
        throw new IOException("its first " + MOST_BYTES + " bytes are not those of Experimaestro");
    }

    private static Greeting parse(String rest) throws IOException {
        int space = rest.indexOf(' ');
        String version = space < 0 ? rest : rest.substring(0, space);
        if (!version.equals(Integer.toString(FRAMES))) {
            throw new RefusedConnectionException("its frames are of version " + version + ", expected " + FRAMES
                    + "; use the same version of Experimaestro on both sides");
        }
        try {
            JsonObject json = JsonObject.of(Json.parse(rest.substring(space + 1)), "greeting");
            return new Greeting(json.string("program"), json.string("workspace"), json.optionalString("problem"));
        } catch (JsonException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }
}
