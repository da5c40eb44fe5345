package org.experimaestro.launcher.direct;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A process that no other one is taken for, and the place where it tells how it ended. As text it is
 * {@code HOST:PID:START:BOOT:FILES}.
 *
 * @param host the name of the host, as {@code uname -n} has it
 * @param pid the number of the process, which is also that of its session and of its process group
 * @param start when it was started, in the words of the host: ticks of the clock since the boot on Linux (field 22 of
 *     {@code /proc/PID/stat}, proc(5)), elsewhere the local time that {@code ps -o lstart=} prints
 * @param boot which start of the host it was
 * @param files the beginning of the paths of its files
 */
record Handle(String host, long pid, String start, String boot, String files) {

    /**
     * Reads a handle.
     *
     * @param text what {@link #toString} has written
     * @return the handle
     * @throws IllegalArgumentException if it is not a handle of a process
     */
    static Handle parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("Not the handle of a process: " + text);
        }
        return new Handle(
                parts[0],
                Long.parseLong(parts[1]),
                parts[2],
                parts[3],
                URLDecoder.decode(parts[4], StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        String path = URLEncoder.encode(files, StandardCharsets.UTF_8).replace("%2F", "/");
        return host + ":" + pid + ":" + start + ":" + boot + ":" + path;
    }
}
