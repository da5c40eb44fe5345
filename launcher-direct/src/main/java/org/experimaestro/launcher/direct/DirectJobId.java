package org.experimaestro.launcher.direct;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The job id of a process: it identifies the process uniquely, and has the path of its files. As text it is {@code
 * HOST:PID:START:BOOT:FILES}.
 *
 * @param host the name of the host, as in {@code uname -n}
 * @param pid the number of the process, which is also that of its session and of its process group
 * @param start the time of its start, in the host's own form. On Linux it is ticks of the clock since the boot (field
 *     22 of {@code /proc/PID/stat}, proc(5)), elsewhere the local time that {@code ps -o lstart=} prints.
 * @param boot the identity of the host's boot
 * @param files the beginning of the paths of its files
 */
record DirectJobId(String host, long pid, String start, String boot, String files) {

    /**
     * The form of the text, with the path in the form of {@link URLEncoder}. Processes 0 and 1 belong to the system,
     * and as groups mean many (kill(2)).
     */
    private static final Pattern FORM = Pattern.compile(
            "([^\\s\\p{Cntrl}:/]{1,255}):([1-9]\\d{0,8}):([\\w-]{1,64}):([\\w-]{1,64}):(/[A-Za-z0-9._*+%/-]*)");

    /**
     * Reads a job id.
     *
     * @param text any text
     * @return the job id; empty unless {@link #toString} would write the same text for it
     */
    static Optional<DirectJobId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            DirectJobId jobId = new DirectJobId(
                    matcher.group(1),
                    Long.parseLong(matcher.group(2)),
                    matcher.group(3),
                    matcher.group(4),
                    URLDecoder.decode(matcher.group(5), StandardCharsets.UTF_8));
            boolean isExact = jobId.pid() > 1
                    && jobId.files().indexOf('\0') < 0
                    && jobId.toString().equals(text);
            return isExact ? Optional.of(jobId) : Optional.empty();
        } catch (IllegalArgumentException incomplete) { // a percent sign without its two digits
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String path = URLEncoder.encode(files, StandardCharsets.UTF_8).replace("%2F", "/");
        return host + ":" + pid + ":" + start + ":" + boot + ":" + path;
    }
}
