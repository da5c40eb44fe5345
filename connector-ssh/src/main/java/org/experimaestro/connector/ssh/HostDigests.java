package org.experimaestro.connector.ssh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** The digests of files of a host. Those of files that have not changed for a while are kept. Thread-safe. */
final class HostDigests {
    /** Sets the variable {@code sum} to the command that prints the SHA-256 of files. */
    static final String SUM =
            "if command -v sha256sum >/dev/null 2>&1; then sum=sha256sum; else sum='shasum -a 256'; fi\n";

    private static final Pattern LINE = Pattern.compile("(\\\\?)([0-9a-f]{64}) [ *](.+)");

    /** The time after a change in which a file may change again without a difference in its time. */
    private static final int SETTLED_SECONDS = 3;

    private final HostFiles host;
    private final Map<String, Digest> kept = new ConcurrentHashMap<>();

    HostDigests(HostFiles host) {
        this.host = host;
    }

    private record Digest(long size, long modified, String text) {}

    /** Returns whether no digest of a file has been kept. */
    boolean isUnknown(String path) {
        return !kept.containsKey(path);
    }

    /**
     * Returns the digests of files. Asks the host for those that neither were kept nor came with the listing.
     *
     * @param files of a listing
     * @param listing the listing
     * @return the SHA-256 by path, in hexadecimal digits, without files that were deleted meanwhile
     */
    Map<String, String> of(Collection<HostFiles.Found> files, HostFiles.Listing listing)
            throws UnreachableException, RefusedException, InterruptedException {
        Map<String, String> known = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (HostFiles.Found file : files) {
            Digest digest = kept.get(file.path());
            String listed = listing.digests().get(file.path());
            if (digest != null && digest.size() == file.size() && digest.modified() == file.modified()) {
                known.put(file.path(), digest.text());
            } else if (listed != null) {
                known.put(file.path(), listed);
            } else {
                unknown.add(file.path());
            }
        }
        if (!unknown.isEmpty()) {
            known.putAll(compute(unknown));
        }
        for (HostFiles.Found file : files) {
            String text = known.get(file.path());
            if (text != null && file.modified() < listing.now() - SETTLED_SECONDS) {
                kept.put(file.path(), new Digest(file.size(), file.modified(), text));
            }
        }
        return known;
    }

    private Map<String, String> compute(List<String> files)
            throws UnreachableException, RefusedException, InterruptedException {
        Shell.Output output = host.run("export LC_ALL=C\n" + SUM + HostFiles.each(files, "xargs -0 $sum"));
        String complaint = HostFiles.complaint(output);
        if (!complaint.isEmpty()) {
            throw new RefusedException("Cannot compare the files of " + host + ": " + complaint);
        }
        return read(output.out().lines().toList());
    }

    /** Returns the digests that {@code sha256sum} or {@code shasum} has printed, by path; other lines are ignored. */
    static Map<String, String> read(List<String> lines) {
        Map<String, String> digests = new LinkedHashMap<>();
        lines.stream().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            String path =
                    line.group(1).isEmpty() ? line.group(3) : line.group(3).replace("\\\\", "\\");
            digests.put(HostFiles.plain(path), line.group(2));
        });
        return digests;
    }
}
